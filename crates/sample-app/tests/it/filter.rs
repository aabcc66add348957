//! Filters (RFC 7644, section 3.4.2.2).

use serde_json::json;

use crate::setting::{App, ENTERPRISE, USER, read};

async fn people() -> App {
    let app = App::healthy().await;
    app.user_with(
        "Ann@example.com",
        json!({
            "externalId": "E1", "title": "Boss", "active": true, "displayName": "Ann \"The\" Ox",
            "name": { "familyName": "Ox", "givenName": "Ann" },
            "emails": [{ "value": "ann@work.example", "type": "work", "primary": true },
                       { "value": "ann@home.example", "type": "home" }],
            ENTERPRISE: { "department": "Tax" },
        }),
    )
    .await;
    app.user_with(
        "bob+tag@example.com",
        json!({
            "externalId": "e1", "active": false, "userType": "Contractor",
            "name": { "familyName": "Ng" },
            "emails": [{ "value": "bob@home.example", "type": "work" }],
        }),
    )
    .await;
    app.user_with("cleo's@example.com", json!({ "title": "clerk", "nickName": "" })).await;
    app
}

#[tokio::test]
async fn every_filter_finds_what_it_says() {
    let app = people().await;
    let (ann, bob, cleo) = ("Ann@example.com", "bob+tag@example.com", "cleo's@example.com");
    for (filter, expected) in [
        (r#"userName eq "ann@EXAMPLE.com""#, &[ann][..]),
        (r#"USERNAME EQ "ann@example.com""#, &[ann]),
        (r#"urn:ietf:params:scim:schemas:core:2.0:User:userName eq "ann@example.com""#, &[ann]),
        (r#"userName eq "nobody""#, &[]),
        (r#"userName eq "' OR '1'='1""#, &[]),
        (r#"userName eq "%""#, &[]),
        (r#"userName sw "ANN""#, &[ann]),
        (r#"userName co "+tag""#, &[bob]),
        (r#"userName ew "'s@example.com""#, &[cleo]),
        (r#"userName ne "ann@example.com""#, &[bob, cleo]),
        (r#"userName gt "b""#, &[bob, cleo]),
        (r#"userName ge "bob+tag@example.com" and userName lt "c""#, &[bob]),
        (r#"userName le "ann@example.com""#, &[ann]),
        (r#"externalId eq "E1""#, &[ann]),
        (r#"externalId eq "e1""#, &[bob]),
        (r#"title eq "boss""#, &[ann]),
        (r#"title ne "boss""#, &[bob, cleo]),
        ("title pr", &[ann, cleo]),
        ("nickName pr", &[]),
        ("not (title pr)", &[bob]),
        ("not(title pr)", &[bob]),
        ("title eq null", &[bob]),
        ("title ne null", &[ann, cleo]),
        ("active eq true", &[ann, cleo]),
        ("active eq false", &[bob]),
        ("active ne true", &[bob]),
        (r#"name.familyName eq "ox""#, &[ann]),
        ("name pr", &[ann, bob]),
        (r#"emails.value ew "home.example""#, &[ann, bob]),
        (r#"emails co "bob@""#, &[bob]),
        (r#"emails eq "ann@home.example""#, &[ann]),
        (r#"emails.type eq "home""#, &[ann]),
        (r#"emails[type eq "work" and value ew "home.example"]"#, &[bob]),
        (r#"emails[type eq "home" or primary eq true]"#, &[ann]),
        (r#"emails[not (type eq "work")]"#, &[ann]),
        (r#"emails.type eq "work" and emails.value ew "home.example""#, &[ann, bob]),
        (r#"title pr and active eq true or userName sw "bob""#, &[ann, bob, cleo]),
        (r#"userName sw "bob" or title pr and userName sw "cleo""#, &[bob, cleo]),
        (r#"(userName sw "bob" or title pr) and userName sw "cleo""#, &[cleo]),
        (r#"userName eq "ann@example.com" OR userName eq "cleo's@example.com""#, &[ann, cleo]),
        (r#"not (userName sw "ann" or userName sw "bob") AND title pr"#, &[cleo]),
        (r#"displayName eq "ann \"the\" \u006fx""#, &[ann]),
        (r#"meta.resourceType eq "User" and title eq "clerk""#, &[cleo]),
        (r#"meta.created gt "2020-01-01T00:00:00+02:00""#, &[ann, bob, cleo]),
        (r#"meta.lastModified lt "2020-01-01T00:00:00Z""#, &[]),
        (r#"schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User""#, &[ann]),
    ] {
        assert_eq!(app.names(filter).await, expected, "{filter}");
    }
    let by_department = format!(r#"{ENTERPRISE}:department eq "tax""#);
    assert_eq!(app.names(&by_department).await, [ann]);
    assert_eq!(app.names(&format!(r#"{USER}:name.familyName sw "o""#)).await, [ann]);
}

#[tokio::test]
async fn an_id_is_found_by_its_case_only() {
    let app = App::healthy().await;
    let made = app.user("ann").await;
    let id = made["id"].as_str().unwrap();
    assert_eq!(app.names(&format!("id eq \"{id}\"")).await, ["ann"]);
    assert!(app.names(&format!("id eq \"{}\"", id.to_uppercase())).await.is_empty());
}

#[tokio::test]
async fn a_filter_that_makes_no_sense_is_refused() {
    let app = people().await;
    let deep = format!("{}title pr{}", "(".repeat(500), ")".repeat(500));
    for filter in [
        "",
        "userName",
        "userName eq",
        "userName eq ann",
        r#"userName xx "a""#,
        r#"userName eq "a"#,
        r#"userName eq "a" and"#,
        r#"userName eq "a" b"#,
        "(title pr",
        r#"emails[type eq "work""#,
        "active gt true",
        r#"unknown eq "x""#,
        r#"password eq "x""#,
        r#"password sw "a""#,
        "password pr",
        r#"urn:x:userName eq "a""#,
        &deep,
    ] {
        app.filtered("/Users", filter).await.refused(400, Some("invalidFilter"));
    }
}

#[tokio::test]
async fn plus_and_percent_encode_the_same_filter() {
    let app = people().await;
    for query in [
        "filter=userName+eq+%22bob%2Btag%40example.com%22&startIndex=1&count=100",
        "startIndex=1&count=100&filter=userName%20eq%20%22bob%2btag@example.com%22",
    ] {
        let reply = read(app.request("GET", &format!("/Users?{query}"))).await;
        assert_eq!(reply.resources("userName"), ["bob+tag@example.com"]);
    }
}

#[tokio::test]
async fn groups_are_found_by_name_and_by_member_and_users_by_group() {
    let app = people().await;
    let bob = app.filtered("/Users", "userName sw \"bob\"").await.body["Resources"][0]["id"].clone();
    let group = app.group("Tax Team", &[bob.as_str().unwrap()]).await;
    app.group("Others", &[]).await;
    for filter in [
        r#"displayName eq "tax team""#.to_owned(),
        format!("members.value eq {bob}"),
        format!("members[value eq {bob}]"),
        "members pr".to_owned(),
    ] {
        assert_eq!(app.filtered("/Groups", &filter).await.resources("displayName"), ["Tax Team"], "{filter}");
    }
    assert_eq!(app.names(&format!("groups.value eq {}", group["id"])).await, ["bob+tag@example.com"]);
    assert_eq!(app.names(r#"groups.display eq "tax team""#).await, ["bob+tag@example.com"]);
}
