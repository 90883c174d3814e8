//! Statuses, new identifiers, and what Meta tells about templates, numbers and the account.

use super::*;

#[test]
fn new_numbers_and_new_user_ids_tell_before_and_after() {
    let number = message(
        "system",
        json!({"system": {"type": "user_changed_number", "wa_id": "628222"}}),
    );
    assert_eq!(number.from.phone.as_deref(), Some("628111"));
    match number.said {
        Said::IdentityChanged {
            previous_phone,
            current,
            ..
        } => {
            assert_eq!(previous_phone.as_deref(), Some("628111"));
            assert_eq!(current.phone.as_deref(), Some("628222"));
        }
        other => panic!("{other:?}"),
    }

    let user = only_message(sample("composed/system_user_changed_user_id.json").events);
    match user.said {
        Said::IdentityChanged {
            previous_bsuid,
            current,
            ..
        } => {
            assert_eq!(previous_bsuid.as_deref(), Some("ID.13491208655302741918"));
            assert_eq!(current.bsuid.as_deref(), Some("ID.24817305912873645029"));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(user.from.bsuid.as_deref(), Some("ID.13491208655302741918"));

    let rotation = "vercel__chat/sample_messages_BSUID_rotation.json";
    let (once, again) = (
        only_message(sample(rotation).events),
        only_message(sample(rotation).events),
    );
    assert_eq!(once.message_id, again.message_id, "a redelivery has the same id");
    assert_eq!(once.number, "000000000000000");
    assert!(matches!(
        once.said,
        Said::IdentityChanged {
            previous_bsuid: Some(_),
            ..
        }
    ));

    let other = message("system", json!({"system": {"type": "customer_identity_changed"}}));
    assert_eq!(
        other.said,
        Said::Silent {
            kind: "system/customer_identity_changed".into()
        }
    );
}

#[test]
fn a_status_tells_row_price_and_fault() {
    let status = only_status(json!({
        "id": "wamid.9", "status": "failed", "timestamp": 1_796_000_000, "recipient_user_id": "ID.1",
        "biz_opaque_callback_data": "4711",
        "pricing": {"billable": true, "pricing_model": "PMP", "category": "service", "type": "regular"},
        "errors": [{"code": 131047, "title": "Re-engagement message", "error_data": {"details": "more"}}]
    }));
    assert_eq!(status.outbox_id, Some(OutboxId(4711)));
    assert_eq!(status.status, Status::Failed);
    assert_eq!(status.recipient.bsuid.as_deref(), Some("ID.1"));
    assert_eq!(status.pricing.unwrap().category.as_deref(), Some("service"));
    assert_eq!(status.errors[0].code, 131_047);
    for foreign in ["4711.1", "-1", "abc", "", "99999999999999999999"] {
        let status = only_status(json!({"id": "w", "status": "sent", "biz_opaque_callback_data": foreign}));
        assert_eq!(status.outbox_id, None, "{foreign}");
    }
}

#[test]
fn statuses_only_move_up_and_a_delivery_overrides_a_failure() {
    let rank = |word: &str| only_status(json!({"id": "w", "status": word})).status.rank();
    assert!(rank("sent") < rank("failed"));
    assert!(rank("failed") < rank("delivered"));
    assert!(rank("delivered") < rank("read"));
    assert_eq!(rank("read"), rank("played"));
    assert_eq!((rank("deleted"), rank("teleported"), rank("")), (None, None, None));
}

#[test]
fn notices_of_templates_numbers_and_account_are_told() {
    let kind = |field: &str, value: Value| {
        let body = json!({"entry": [{"id": "900", "changes": [{"value": value, "field": field}]}]});
        read(&body).into_iter().next().unwrap().kind
    };
    let template = |field: &str, value: Value| match kind(field, value) {
        EventKind::Template(update) => update.change,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        template(
            "message_template_status_update",
            json!({"event": "REJECTED", "reason": "PROMOTIONAL"})
        ),
        TemplateChange::Status {
            event: "REJECTED".into(),
            reason: Some("PROMOTIONAL".into())
        }
    );
    assert_eq!(
        template("message_template_quality_update", json!({"new_quality_score": "RED"})),
        TemplateChange::Quality { current: "RED".into() }
    );
    assert_eq!(
        template("template_category_update", json!({"new_category": "MARKETING"})),
        TemplateChange::Category {
            current: "MARKETING".into()
        }
    );
    assert_eq!(
        template("message_template_components_update", json!({})),
        TemplateChange::Components
    );
    match kind(
        "phone_number_quality_update",
        json!({"event": "UPGRADE", "current_limit": "TIER_1K"}),
    ) {
        EventKind::NumberQuality(quality) => assert_eq!(quality.limit.as_deref(), Some("TIER_1K")),
        other => panic!("{other:?}"),
    }
    match kind("account_update", json!({"event": "ACCOUNT_RESTRICTION"})) {
        EventKind::Account(notice) => {
            assert_eq!(notice.event.as_deref(), Some("ACCOUNT_RESTRICTION"))
        }
        other => panic!("{other:?}"),
    }
    match kind(
        "user_preferences",
        json!({"user_preferences": [{"user_id": "ID.1", "value": "stop", "timestamp": 1}]}),
    ) {
        EventKind::Preference(preference) => assert_eq!(preference.wants_stop, Some(true)),
        other => panic!("{other:?}"),
    }
    match kind("messages", json!({"errors": [{"code": 131031, "title": "locked"}]})) {
        EventKind::Error(error) => assert_eq!(error.code, 131_031),
        other => panic!("{other:?}"),
    }
    assert!(
        matches!(kind("tomorrows_feature", json!(3)), EventKind::Unknown { field } if field == "tomorrows_feature")
    );
    assert!(matches!(kind("messages", json!({"calls": []})), EventKind::Unknown { field } if field == "messages"));
}

#[test]
fn a_profile_that_already_shows_the_new_user_id_is_not_taken_for_the_old_one() {
    let events = read(&body(json!({
        "contacts": [{"user_id": "ID.2"}],
        "messages": [{"id": "w", "type": "system", "system": {"type": "user_changed_user_id", "user_id": "ID.2",
            "body": "User Budi changed from ID.1 to ID.2."}}]
    })));
    match only_message(events).said {
        Said::IdentityChanged {
            previous_bsuid,
            current,
            ..
        } => {
            assert_eq!(previous_bsuid.as_deref(), Some("ID.1"));
            assert_eq!(current.bsuid.as_deref(), Some("ID.2"));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_several_origins_send_about_templates_is_read() {
    let change = |text: &str| {
        let webhook = crate::inbound::parse(&RoutingKey::new(b"key"), text.as_bytes()).unwrap();
        match webhook.events.into_iter().next().unwrap().kind {
            EventKind::Template(update) => (update.name, update.language, update.change),
            other => panic!("{other:?}"),
        }
    };
    let status = |event: &str, reason: Option<&str>| TemplateChange::Status {
        event: event.into(),
        reason: reason.map(str::to_owned),
    };
    let name = |name: &str| Some(name.to_owned());
    let approved = change(include_str!(
        "../../../samples/webhooks/david-lev__pywa/template_status_update_approved.json"
    ));
    assert_eq!(
        approved,
        (name("order_confirmation"), name("en_US"), status("APPROVED", None))
    );
    let (_, _, rejected) = change(include_str!(
        "../../../samples/webhooks/david-lev__pywa/template_status_update_rejected.json"
    ));
    let TemplateChange::Status {
        reason: Some(reason), ..
    } = rejected
    else {
        panic!("{rejected:?}");
    };
    assert!(
        reason.starts_with("INVALID_FORMAT: Your template has parameters"),
        "{reason}"
    );
    let (_, _, promotional) = change(include_str!(
        "../../../samples/webhooks/Dogalyir__whatsapp-cloud-api-types/example_payloads_templateRejectedWebhook.json"
    ));
    assert_eq!(promotional, status("REJECTED", Some("PROMOTIONAL")));
    let (_, _, nil) = change(include_str!(
        "../../../samples/webhooks/piusalfred__whatsapp/business_test_TestDefect001_TemplateStatusUpdate_NilReason.json"
    ));
    assert_eq!(nil, status("APPROVED", None));
    // Announced is not yet done: until then the old category counts.
    let (_, _, announced) = change(include_str!(
        "../../../samples/webhooks/Dogalyir__whatsapp-cloud-api-types/example_payloads_templateCategoryImpendingWebhook.json"
    ));
    assert_eq!(
        announced,
        TemplateChange::Category {
            current: "UTILITY".into()
        }
    );
    let (_, _, yellow) = change(include_str!(
        "../../../samples/webhooks/Dogalyir__whatsapp-cloud-api-types/example_payloads_templateQualityUpdateWebhook.json"
    ));
    assert_eq!(
        yellow,
        TemplateChange::Quality {
            current: "YELLOW".into()
        }
    );
}
