//! Home in each of its states, as it looks.

use super::*;

fn of(known: &Known) -> State {
    let mut state = State::default();
    state.enter(known);
    state
}

fn after(message: Message) -> State {
    let mut state = entered();
    state.update(message);
    state
}

#[test]
fn pictures() {
    sample::pictures("home_known_only", entered);
    sample::pictures("home_full", || full().0);
    sample::pictures("home_loading", || of(&Known { seen: None, begun: Vec::new(), ..returning() }));
    sample::pictures("home_empty", || of(&Known::default()));
    sample::pictures("home_error", || after(refused(Kind::Credentials, None)));
    sample::pictures("home_no_bucket", || after(refused(Kind::NotFound, Some(connected()))));
    sample::pictures("home_silent_mirror", without_mirror);
    sample::pictures("home_running", moving);
    sample::pictures("home_half_way", || of(&Known { from: Some(Step::Datasets), ..returning() }));
}
