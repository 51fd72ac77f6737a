//! What messages do to the screen.

use super::{Asked, Form, Message, Over, Part, State};
use crate::bucket::{REGIONS, Target};
use crate::error::Result;
use crate::say;
use crate::tui::keys::Action;
use crate::tui::widgets::{Picked, Picker};
use crate::tui::{Effect, Step};
use crate::words::harmless;

impl State {
    pub(super) fn apply(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Connected(answer) => self.connection = asked(answer),
            Message::Mirror(answer) => self.mirror = asked(answer),
            Message::LookedAt(places) => self.looked_at = places,
            Message::Profiles(profiles) => self.profiles = profiles,
            Message::Saved(answer) => return self.saved(answer),
            Message::Forward => return vec![Effect::Go(Step::Bucket)],
            Message::Retry => return self.connect(self.target.clone()),
            Message::Open(part) => self.open(part),
            Message::Picked(picked) => return self.picked(picked),
            Message::Acted(action) => return self.acted(action),
            Message::Typed(key) => self.form.key(key),
            Message::Pasted(text) => self.form.paste(&text),
            Message::Pointed(field, at) => self.form.point(field, at),
        }
        Vec::new()
    }

    fn connect(&mut self, target: Target) -> Vec<Effect> {
        self.target = target;
        self.connection = Asked::Waiting;
        self.mirror = Asked::Waiting;
        self.over = None;
        vec![Effect::Connect(self.target.clone())]
    }

    fn saved(&mut self, answer: Result<String>) -> Vec<Effect> {
        match answer {
            Ok(file) => {
                self.saved = Some(file);
                let profile = self.form.profile().to_owned();
                let region = Some(self.form.region().to_owned()).filter(|region| !region.is_empty());
                self.form.is_saved();
                self.connect(Target { profile: Some(profile), region, keys: None, ..self.target.clone() })
            }
            Err(error) => {
                self.form.is_refused(error);
                Vec::new()
            }
        }
    }

    fn open(&mut self, part: Part) {
        self.over = Some(match part {
            Part::Profiles => Over::Profiles(self.profile_picker()),
            Part::Regions => Over::Regions(self.region_picker()),
            Part::Form => Over::Form,
        });
    }

    fn profile_picker(&self) -> Picker {
        let note = |region: &Option<String>, kind| match region {
            Some(region) => format!("{kind} · {}", harmless(region)),
            None => format!("{kind}"),
        };
        let lines = self.profiles.iter().map(|p| (harmless(&p.name), note(&p.region, p.kind))).collect();
        let current = self.target.profile.as_deref().unwrap_or("default");
        let cursor = self.profiles.iter().position(|profile| profile.name == current).unwrap_or(0);
        Picker::new(say!("tui-connect-profiles"), lines, cursor)
    }

    fn region_picker(&self) -> Picker {
        let lines = REGIONS.iter().map(|(code, place)| ((*code).to_owned(), (*place).to_owned())).collect();
        let current = match &self.connection {
            Asked::Got(connected) => connected.region.as_str(),
            _ => self.target.region.as_deref().unwrap_or_default(),
        };
        let cursor = REGIONS.iter().position(|(code, _)| *code == current).unwrap_or(0);
        Picker::new(say!("tui-connect-regions"), lines, cursor)
    }

    fn picked(&mut self, picked: Picked) -> Vec<Effect> {
        match (picked, &mut self.over) {
            (Picked::Moved(line), Some(Over::Profiles(list) | Over::Regions(list))) => {
                list.move_to(line);
                Vec::new()
            }
            (Picked::Laid(rows), Some(Over::Profiles(list) | Over::Regions(list))) => {
                list.lay(rows);
                Vec::new()
            }
            (Picked::Chosen(line), Some(Over::Profiles(_))) => {
                let profile = self.profiles.get(line).map(|profile| profile.name.clone());
                // The profile's own region counts, and keys given before do not.
                self.connect(Target { profile, region: None, keys: None, ..self.target.clone() })
            }
            (Picked::Chosen(line), Some(Over::Regions(_))) => {
                let region = REGIONS.get(line).map(|(code, _)| (*code).to_owned());
                self.connect(Target { region, ..self.target.clone() })
            }
            _ => {
                self.over = None;
                Vec::new()
            }
        }
    }

    fn acted(&mut self, action: Action) -> Vec<Effect> {
        match self.form.act(action) {
            super::form::Answer::Stay => Vec::new(),
            super::form::Answer::Close => {
                self.over = None;
                Vec::new()
            }
            super::form::Answer::Try => Form::effect(&self.form).into_iter().collect(),
        }
    }
}

fn asked<T>(answer: Result<T>) -> Asked<T> {
    match answer {
        Ok(value) => Asked::Got(value),
        Err(error) => Asked::Failed(error),
    }
}
