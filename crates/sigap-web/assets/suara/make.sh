#!/bin/sh
# Makes the clips of spoken calls: Indonesian words by espeak-ng, a gong by sox, packed by opusenc. Run it in this folder. An office
# that records its own voice keeps the names. espeak-ng is GPL-3; only the sound it makes is kept here.
set -eu
say() { # name, words
  espeak-ng -v id -s 135 -p 45 -g 2 -w "$1.wav" "$2"
  sox "$1.wav" -r 48000 "$1.trim.wav" silence 1 0.01 0.5% reverse silence 1 0.01 0.5% reverse norm -3 pad 0.01 0.06
  opusenc --quiet --bitrate 24 --speech "$1.trim.wav" "$1.opus"
  rm "$1.wav" "$1.trim.wav"
}
say nomor-antrean "nomor antrean"
say silakan-ke-loket "silakan ke loket"
for letter in a b c d e f g h i j k l m n o p q r s t u v w x y z; do say "$letter" "$letter"; done
for word in satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas belas puluh seratus ratus seribu ribu; do say "$word" "$word"; done
sox -n -r 48000 -b 16 gong.wav synth 0.9 sine 659 fade l 0 0.9 0.8 : synth 1.1 sine 523 fade l 0 1.1 1.0 norm -6
opusenc --quiet --bitrate 24 gong.wav gong.opus
rm gong.wav
