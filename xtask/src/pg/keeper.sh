# Ends a throw-away server and removes its folder as soon as standard input closes. Whoever started the server holds it
# open, and the system closes it however that one ends, by `kill -9` too.
folder=$1
trap '' HUP INT TERM
cat >/dev/null

# The number in the file may be an old one that some other program has got since: a server of ours names the folder.
is_ours() {
    [ -n "$server" ] && tr '\0' ' ' <"/proc/$server/cmdline" 2>/dev/null | grep -qF -- "$folder"
}

server=$(head -n 1 "$folder/data/postmaster.pid" 2>/dev/null)
round=0
while is_ours && [ "$round" -lt 100 ]; do
    kill -QUIT "$server" 2>/dev/null
    sleep 0.1
    round=$((round + 1))
done

# A server that was only just starting writes into the folder until it notices.
round=0
until rm -rf -- "$folder" 2>/dev/null || [ "$round" -ge 100 ]; do
    sleep 0.1
    round=$((round + 1))
done
