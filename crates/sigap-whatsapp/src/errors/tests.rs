//! One row of the reference a line, and what lies between the rows.

use std::time::Duration;

use super::{
    ApiError, CODE_UNREADABLE, DropReason as D, Exhausted, Scope, SendAction as A, StopReason as S, TABLE, action_for,
};

/// What a row of the reference says, without the numbers of a back-off.
fn short(code: i64) -> String {
    match action_for(code, false) {
        A::BackOff(wait) => format!("back off {:?} from {} s", wait.scope, wait.first.as_secs()),
        A::SlowDownNumber(wait) => format!("slow {:?}", wait.scope),
        A::StopTemplates(wait) => format!("stop templates, replies {} s", wait.first.as_secs()),
        A::SetUp(wait) => format!("set-up {} s", wait.as_secs()),
        A::StopNumber(scope, reason) => format!("stop {scope:?} {reason:?}"),
        other => format!("{other:?}"),
    }
}

#[track_caller]
fn check(codes: impl IntoIterator<Item = i64>, expected: &str) {
    for code in codes {
        assert_eq!(short(code), expected, "{code}");
    }
}

#[test]
fn every_code_of_the_reference_has_its_answer() {
    check([0, 190, 104], "stop Account Token");
    check([3, 10, 200, 250, 299, 131_005], "stop Account Permission");
    check([1], "back off Message from 1 s");
    check([2, 131_016, 133_004], "back off Message from 1 s");
    check([4, 80_007], "back off Account from 60 s");
    check([33], "stop Number NumberDeleted");
    check([100, 131_008, 135_000], "OurFault");
    check([131_009], "UsePhoneOrOurFault");
    check([368, 131_031], "stop Account Locked");
    check([130_403], "Drop(BlockedByUs)");
    check([130_429], "slow Number");
    check([130_472], "Drop(Experiment)");
    check([130_497], "Drop(Country)");
    check([131_000], "back off Message from 1 s");
    check([131_021], "Drop(ToOurselves)");
    check([131_026], "Drop(Unreachable)");
    check([131_030], "Drop(NotOnTestList)");
    check([131_037], "stop Number DisplayName");
    check([131_042, 131_044], "stop Account Payment");
    check([131_045, 133_010], "stop Number NotRegistered");
    check([131_047], "UseTemplate");
    check([131_048], "stop templates, replies 3600 s");
    check([131_049], "Drop(EcosystemCap)");
    check([131_050], "Drop(StoppedByPerson)");
    check([131_051, 131_055, 134_100, 134_101, 134_102, 131_063], "OurFault");
    check([131_052], "AskForSmallerFile");
    check([131_053], "UploadAgain");
    check([131_056], "back off Person from 1 s");
    check([131_057, 2_494_100], "back off Number from 60 s");
    check([131_062], "UsePhone");
    check([131_064], "StopTemplateCategory");
    check([132_000, 132_008, 132_012, 132_018], "ResyncTemplate");
    check([132_001], "NextLanguage");
    check([132_005], "ShortenOnce");
    check([132_007, 132_015, 132_016], "StopTemplate");
    check([132_068, 132_069], "WithoutFlow");
    check([133_000, 133_005, 133_006, 133_008, 133_009], "set-up 0 s");
    check([133_015], "set-up 300 s");
    check([133_016], "set-up 259200 s");
    check([134_011], "OurFault");
    check([137_000], "Drop(IdentityChanged)");
    check(138_000..=138_999, "OurFault");
    check((139_000..=139_004).chain([139_100, 139_101]), "TellAdministrator");
    check([2_388_019, 2_388_293, 2_388_299], "TellAdministrator");
}

#[test]
fn an_unlisted_code_is_repeated_only_when_meta_calls_it_transient() {
    for code in [CODE_UNREADABLE, 5, 300, 999_999, i64::MAX, i64::MIN] {
        assert_eq!(action_for(code, false), A::Drop(D::UnlistedCode));
        assert!(matches!(
            action_for(code, true),
            A::BackOff(wait) if wait.attempts_max == Some(3) && wait.then == Exhausted::DropWithAlarm
        ));
    }
}

#[test]
fn no_single_code_stands_behind_a_range_that_hides_it() {
    for (at, row) in TABLE.iter().enumerate() {
        assert!(row.first <= row.last);
        for earlier in &TABLE[..at] {
            assert!(
                earlier.last < row.first || row.last < earlier.first,
                "{} and {}",
                earlier.first,
                row.first
            );
        }
    }
}

#[test]
fn waits_grow_up_to_their_bound_and_some_end() {
    let A::BackOff(down) = action_for(131_016, false) else {
        panic!()
    };
    let waits: Vec<u64> = (0..7).map(|attempt| down.wait(attempt).unwrap().as_secs()).collect();
    assert_eq!(waits, [1, 4, 16, 64, 256, 900, 900]);
    assert_eq!(down.wait(u32::MAX), Some(Duration::from_secs(900)));
    let A::BackOff(pair) = action_for(131_056, false) else {
        panic!()
    };
    assert_eq!(
        (pair.scope, pair.wait(2)),
        (Scope::Person, Some(Duration::from_secs(16)))
    );
    let A::BackOff(thrice) = action_for(1, false) else {
        panic!()
    };
    assert_eq!(
        (thrice.wait(2).is_some(), thrice.wait(3), thrice.then),
        (true, None, Exhausted::OurFault)
    );
}

#[test]
fn an_error_is_read_from_a_response_whatever_is_missing() {
    let full = br#"{"error":{"message":"(#131056) limit","type":"OAuthException","code":131056,"error_subcode":2494055,
        "is_transient":true,"error_data":{"details":"d"},"fbtrace_id":"A1"}}"#;
    let error = ApiError::from_response(full).unwrap();
    assert_eq!(
        (error.code, error.subcode, error.is_transient),
        (131_056, Some(2_494_055), true)
    );
    assert_eq!(
        (error.details.as_deref(), error.trace_id.as_deref()),
        (Some("d"), Some("A1"))
    );
    assert_eq!(
        ApiError::from_response(br#"{"error":{"code":"190"}}"#).unwrap().code,
        190
    );
    assert_eq!(
        ApiError::from_response(br#"{"error":"gone"}"#).unwrap().code,
        CODE_UNREADABLE
    );
    assert_eq!(ApiError::from_response(br#"{"messages":[]}"#), None);
    assert_eq!(ApiError::from_response(b"<html>"), None);
    assert_eq!(action_for(0, false), A::StopNumber(Scope::Account, S::Token));
}
