//! What is left when the program breaks off.

use manicule::annotation::{Session, Time};
use manicule::tagger::Tagger;
use manicule::workbench::{Ports, Workbench};

use super::Desk;

#[test]
fn a_panic_leaves_a_report_and_the_next_start_names_it() {
    let desk = Desk::new(&["[PERSON? Merkel] met"]);
    let child = desk.command(&["formats"]).env("MANICULE_BREAK", "0").env("RUST_BACKTRACE", "0").spawn().unwrap();
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(101), "{told}");
    // Where the platform keeps a program's files is not the same everywhere: stderr names the report.
    let path = told.lines().find_map(|line| line.split_once(", is in ")).expect(&told).1.trim();
    let report = std::fs::read_to_string(path).unwrap();
    for part in ["Manicule 0.", "platform  ", "thread    main", "place     src", "message   ", "everything decided is on the disk"] {
        assert!(report.contains(part), "{part:?} is not in {report}");
    }
    let folder = std::path::Path::new(path).parent().unwrap();
    assert!(folder.starts_with(std::fs::canonicalize(desk.file("home")).unwrap()) || folder.starts_with(desk.file("home")), "{path}");

    let start = || {
        let ports = Ports { reports_folder: Some(folder.to_path_buf()), ..Ports::still(Time(0)) };
        let mut state = Workbench::new(Session::default(), Tagger::standard(), ports);
        state.offer_leftovers();
        state.notices.all().iter().map(|notice| notice.text.clone()).collect::<Vec<_>>()
    };
    let first = start();
    assert!(first.iter().any(|text| text.contains("An earlier run broke off") && text.contains("crash-")), "{first:?}");
    assert_eq!(start(), Vec::<String>::new(), "it is told of once");
}
