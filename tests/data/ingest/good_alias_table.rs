fn normalize(text: &str) -> String {
    let (distribution, version) = text.split_once("-").unwrap_or((None, text));

    let version_string = match version {
        "7" | "1.7" => "1.7.0_352",
        "8" | "1.8" => "1.8.0_392",
        "21" => "21.0.1",
        other => other,
    };

    match distribution {
        None => Ok(()),
        Some("zulu") => Ok(()),
    }
}
