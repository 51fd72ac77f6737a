//! The environment variables and the AWS files that belong to whoever runs the program.
//!
//! Everything in `bucket` that reads a variable or looks for `~/.aws` does it through [`Surroundings`], so that a test can give
//! its own instead of changing those of the whole process.

use std::path::PathBuf;

use aws_types::os_shim_internal::Env;

/// The variables of this process, or given ones.
#[derive(Debug, Clone, Default)]
pub struct Surroundings(Env);

impl Surroundings {
    /// Those of this process.
    #[must_use]
    pub fn real() -> Self {
        Self(Env::real())
    }

    /// Only the given ones.
    #[must_use]
    pub fn of(variables: &[(&str, &str)]) -> Self {
        Self(Env::from_slice(variables))
    }

    /// A variable; an empty one counts as not set, as the AWS tools hold it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<String> {
        self.0.get(name).ok().filter(|value| !value.trim().is_empty())
    }

    /// The file with access keys: `AWS_SHARED_CREDENTIALS_FILE`, else `~/.aws/credentials`.
    #[must_use]
    pub fn credentials_file(&self) -> Option<PathBuf> {
        self.file("AWS_SHARED_CREDENTIALS_FILE", "credentials")
    }

    /// The file with profiles: `AWS_CONFIG_FILE`, else `~/.aws/config`.
    #[must_use]
    pub fn config_file(&self) -> Option<PathBuf> {
        self.file("AWS_CONFIG_FILE", "config")
    }

    /// The profile that is used where none is named: `AWS_PROFILE`, else `default`.
    #[must_use]
    pub fn profile(&self) -> String {
        self.get("AWS_PROFILE").unwrap_or_else(|| "default".to_owned())
    }

    pub(crate) const fn env(&self) -> &Env {
        &self.0
    }

    fn file(&self, variable: &str, name: &str) -> Option<PathBuf> {
        match self.get(variable) {
            Some(path) => Some(match path.strip_prefix("~/") {
                Some(rest) => self.home()?.join(rest),
                None => PathBuf::from(path),
            }),
            None => Some(self.home()?.join(".aws").join(name)),
        }
    }

    fn home(&self) -> Option<PathBuf> {
        self.get("HOME").or_else(|| self.get("USERPROFILE")).map(PathBuf::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_where_the_variables_say_and_else_at_home() {
        let home = Surroundings::of(&[("HOME", "/home/ada")]);
        assert_eq!(home.credentials_file(), Some(PathBuf::from("/home/ada/.aws/credentials")));
        assert_eq!(home.config_file(), Some(PathBuf::from("/home/ada/.aws/config")));
        let named = Surroundings::of(&[
            ("HOME", "/home/ada"),
            ("AWS_CONFIG_FILE", "~/elsewhere"),
            ("AWS_SHARED_CREDENTIALS_FILE", "/keys"),
        ]);
        assert_eq!(named.config_file(), Some(PathBuf::from("/home/ada/elsewhere")));
        assert_eq!(named.credentials_file(), Some(PathBuf::from("/keys")));
        assert_eq!(Surroundings::of(&[]).config_file(), None);
    }

    #[test]
    fn an_empty_variable_counts_as_not_set() {
        assert_eq!(Surroundings::of(&[("AWS_PROFILE", " ")]).profile(), "default");
        assert_eq!(Surroundings::of(&[("AWS_PROFILE", "work")]).profile(), "work");
    }
}
