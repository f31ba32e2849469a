#[rustfmt::skip]
pub(crate) const PLATFORM_REPOSITORY_SNAPSHOT: &str = "befb04469eb11c2f4f26f971551b5f49e2625ffd28389e2264f46a5acf40d678";
const PHP_VERSION: &str = "8.4.18";
const HOME: &str = "https://example.org/a;b";
