use std::fmt::{self, Display};

/// What a project without a pin gets; // const NOT_ONE: u8 = 1;
pub(crate) const DEFAULT_PYTHON_VERSION: RequestedPythonVersion = RequestedPythonVersion {
    major: 3,
    minor: 14,
    patch: None,
    origin: PythonVersionOrigin::BuildpackDefault, // a comment
};

#[cfg(test)]
pub(crate) const DEFAULT_PYTHON_FULL_VERSION: PythonVersion = LATEST_PYTHON_3_14;

pub(crate) const OLDEST_SUPPORTED_PYTHON_3_MINOR_VERSION: u16 = 13;
pub(crate) const NEWEST_SUPPORTED_PYTHON_3_MINOR_VERSION: u16 = 14;
pub(crate) const NEXT_UNRELEASED_PYTHON_3_MINOR_VERSION: u16 =
    NEWEST_SUPPORTED_PYTHON_3_MINOR_VERSION + 1;

pub(crate) const LATEST_PYTHON_3_13: PythonVersion = PythonVersion::new(3, 13, 13);
pub(crate) const LATEST_PYTHON_3_14: PythonVersion = PythonVersion::new(3, 14, 4);

mod tests {
    const LATEST_PYTHON_3_15: PythonVersion = PythonVersion::new(3, 15, 0);
}
