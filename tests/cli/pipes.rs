//! Whoever reads the program's output may stop (`manicule log s.ron | head -1`): that is no fault, and never a panic.

use std::process::Stdio;

use super::Desk;

/// A pipe that nobody reads.
fn closed() -> Stdio {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer.into()
}

#[test]
fn a_closed_pipe_ends_every_command_quietly() {
    let desk = Desk::new(&["[PERSON! Ann Lee] met [ORG? NATO] in [GPE? Oslo]."]);
    std::fs::write(desk.file("a.txt"), "Ann Lee met the council in Oslo.\n").unwrap();
    std::fs::write(desk.file("bad.jsonl"), "{\"text\": \"Ann Lee met.\"}\n{\"text\": 5}\n").unwrap();
    let lines = [
        "--help",
        "--version",
        "find s.ron o",
        "find s.ron o --json",
        "info s.ron",
        "info s.ron --json",
        "check s.ron",
        "check s.ron --json",
        "check nothing.ron",
        "log s.ron",
        "log s.ron --json",
        "refresh s.ron --dry-run",
        "refresh s.ron --dry-run --json",
        "tag a.txt",
        "tag bad.jsonl",
        "tag nothing.txt",
        "export s.ron --to jsonl -o -",
        "export s.ron --to conll -o out.conll",
        "export s.ron --to nonsense -o -",
        "convert bad.jsonl --from jsonl --to csv -o -",
        "eval bad.jsonl bad.jsonl",
        "simulate bad.jsonl",
        "formats",
        "formats --json",
        "licences",
        "completions bash",
        "man",
        "apply s.ron nothing.txt",
    ];
    for line in lines {
        for (out, err) in [(true, false), (false, true), (true, true)] {
            let mut command = desk.command(&line.split_whitespace().collect::<Vec<_>>());
            command.stdin(Stdio::null());
            command.stdout(if out { closed() } else { Stdio::null() });
            command.stderr(if err { closed() } else { Stdio::null() });
            let code = command.status().unwrap().code();
            assert!(matches!(code, Some(0..=2)), "manicule {line}, stdout closed: {out}, stderr closed: {err}: {code:?}");
        }
    }
    let mut apply = desk.command(&["apply", "s.ron", "script"]);
    std::fs::write(desk.file("script"), "confirm a 12..16\nreject a 20..24\n").unwrap();
    let code = apply.stdout(closed()).stderr(closed()).status().unwrap().code();
    assert!(matches!(code, Some(0..=2)), "{code:?}");
}
