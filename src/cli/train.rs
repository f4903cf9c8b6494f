//! `manicule train DATA -o MODEL`: a model from openly licensed data.

use super::tell::tell;
use std::path::PathBuf;

use anyhow::Context as _;

use super::given::use_threads;
use super::outcome::Outcome;
use super::progress::Progress;
use crate::store::{RealFiles, write_whole};
use crate::tagger::gazetteer::Lexicon;
use crate::tagger::lattice::Class;
use crate::tagger::rules::Rules;
use crate::tagger::train::{self, Material, Settings, Step};

#[derive(clap::Args)]
pub struct Args {
    /// The folder that holds ner/*.jsonl.gz
    #[arg(value_name = "DATA")]
    data: PathBuf,
    /// The model file to write
    #[arg(short, value_name = "MODEL")]
    out: PathBuf,
    /// What the model is called in the origins of its suggestions
    #[arg(long, value_name = "NAME", default_value = "news-2")]
    name: String,
    /// Into how many parts the documents are split to learn what scores are worth; 1 leaves scores raw
    #[arg(long, value_name = "N", default_value_t = Settings::default().folds, value_parser = clap::value_parser!(u32).range(1..=20))]
    folds: u32,
    /// How often learning goes over the data
    #[arg(long, value_name = "N", default_value_t = Settings::default().crf.rounds)]
    rounds: usize,
    /// The weight of the news that a better model labelled; 0 leaves it out
    #[arg(long, value_name = "WEIGHT", default_value_t = Settings::default().taught)]
    taught: f32,
    /// How many threads work; the model is the same with any number
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    use_threads(args.threads);
    let material = Material::read(&args.data)?;
    let mut settings = Settings { version: args.name, folds: args.folds, taught: args.taught, ..Settings::default() };
    settings.crf.rounds = args.rounds;
    let progress = Progress::of_steps();
    progress.say(&format!("learning from {} documents; this takes minutes", material.examples.len()));
    let model = train::train(&material, &Lexicon::standard(), &Rules::standard(), &settings, &|step| tell(&progress, &settings, step));
    progress.finish();
    let bytes = model.write().context("the model cannot be packed")?;
    write_whole(&RealFiles, &args.out, &bytes)?;
    tell!("manicule: {} features in {} bytes", model.weights.len(), bytes.len());
    Ok(Outcome::Done)
}

fn tell(progress: &Progress, settings: &Settings, step: Step) {
    match step {
        Step::Features => progress.say("features"),
        Step::Round { fold: None, round, loss } => {
            progress.set_of(round + 1, settings.crf.rounds);
            progress.say(&format!("round {}: loss {loss:.4}", round + 1));
        }
        Step::Round { .. } => {}
        Step::Calibration => progress.say("what scores are worth"),
        Step::Error(error) => {
            let off: Vec<String> = Class::ALL.iter().zip(error).map(|(class, off)| format!("{class:?} {off}")).collect();
            tell!("manicule: scores of held-out documents are off by thousandths: {}", off.join(", "));
        }
    }
}
