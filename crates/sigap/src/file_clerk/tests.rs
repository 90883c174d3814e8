use sigap_actions::fetch_file::Fetched;
use sigap_core::files::FileRefusal;
use sigap_whatsapp::client::CallError;

use super::failed;

#[test]
fn a_file_that_is_too_large_is_refused_and_another_one_than_announced_is_tried_again() {
    let too_large = failed(&CallError::TooLarge { most: 1 });
    assert_eq!(too_large, Fetched::Refused(FileRefusal::TooLarge));
    assert_eq!(failed(&CallError::WrongDigest), Fetched::Later);
    assert_eq!(failed(&CallError::NoAnswer), Fetched::Later);
}
