use super::Transcriber;

#[tokio::test]
async fn a_program_hears_and_one_that_fails_is_passed_over() {
    assert_eq!(Transcriber::read("  "), None);
    let echo = Transcriber::read("cat").unwrap();
    assert_eq!(echo.hear(b" halo \n").await.as_deref(), Some("halo"));
    assert_eq!(echo.hear(b"").await, None);
    assert_eq!(Transcriber::read("false").unwrap().hear(b"x").await, None);
    assert_eq!(Transcriber::read("/no/such/program").unwrap().hear(b"x").await, None);
}
