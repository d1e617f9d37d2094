//! `discover`: what people read of it, and what it refuses.

use super::workspace::Workspace;

const DARE: &str = include_str!("../data/corner.toml");

#[track_caller]
fn place() -> Workspace {
    let place = Workspace::new();
    place.write("dare.toml", DARE);
    place
}

#[track_caller]
fn refuses(arguments: &str, expected: &str) {
    let told = place().complains(&format!("discover dare.toml {arguments} --quiet"), 2);
    assert_eq!(told, format!("error: {expected}\n"));
}

#[test]
fn a_box_reads_well() {
    insta::assert_snapshot!(
        place().prints("discover dare.toml --of outcomes.end.done --above 0.3 --points 300"), @"
    A dare
    Where outcomes.end.done is 0.3 or more
      300 points of a Latin hypercube over 4 uncertain parameters, found exactly at
      each; 90 are in (30 %).

    Box 1: step 22 of 24
               limits                                                       p
       prize   0.618 or more  ············████████  of 0.000 to 0.998  <0.001
       danger  0.707 or less  ██████████████······  of 0.036 to 0.969  <0.001

       step  coverage  density   mass   mean  limits
          0     100 %     30 %  100 %  0.199       0
          2     100 %     33 %   90 %  0.221       1
          4     100 %     37 %   81 %  0.246       1
          6     100 %     41 %   73 %  0.274       1
          8     100 %     46 %   65 %  0.304       1
         10     100 %     51 %   59 %  0.339       1
         13     100 %     60 %   50 %  0.397       1
         15     100 %     67 %   45 %  0.440       1
         17     100 %     75 %   40 %  0.474       1
         19     100 %     83 %   36 %  0.511       2
         21     100 %     94 %   32 %  0.543       2
       > 22      99 %     98 %   30 %  0.558       2
         24      90 %    100 %   27 %  0.584       2

    In words: where prize is 0.618 or more and danger is 0.707 or less,
    outcomes.end.done is 0.3 or more at 98 % of the points, against 30 % of all; its
    mean there is 0.558, against 0.199. That is 30 % of the points, and holds 99 %
    of those that are in.

    coverage: the share of the points that are in which the box holds; density: the
    share of the box's points that are in; mass: the share of all points that it
    holds; p: how likely the box would be as dense without the limit by chance,
    which is too kind to limits, as they were chosen among many. A box is found and
    judged on the same points: another --seed shows what of it stays. Points lie
    where the distributions put them, so shares rest on those. A box says where, not
    why. --box N takes another step, for more coverage or more density; --sure drops
    limits that may be chance.
    ");
}

#[test]
fn what_cannot_be_asked_is_refused_with_what_can() {
    refuses(
        "--of outcomes.end.doen",
        "--of: no measure is called `outcomes.end.doen`; did you mean `outcomes.end.done`?",
    );
    refuses(
        "--of outcomes.end.done --above 1.5 --points 100",
        "outcomes.end.done is 1.5 or more at no point: it goes from 0 to 0.886, so choose a number between",
    );
    refuses(
        "--of outcomes.end.done --above -1 --points 100",
        "outcomes.end.done is -1 or more at every point: it goes from 0 to 0.886, so choose a number between",
    );
    refuses("--of turns --points 100", "turns is 1 at every point: no uncertain parameter moves it");
    refuses("--of outcomes.end.done --points 100 --box 99", "--box: 99: box 1 has steps from 0 to 23");
    refuses(
        "--of outcomes.end.doen --draws 10 --box 1,2",
        "--of: no measure is called `outcomes.end.doen`; did you mean `outcomes.end.done`?\n\
         error: --draws: every point sets all uncertain parameters: use --points\n\
         error: --box: names 2 steps, for 1 box",
    );
}

#[test]
fn without_an_uncertain_parameter_there_is_nothing_to_discover() {
    let told = place().complains("discover duel.toml --of turns --set parameters.pride=1 --quiet", 2);
    assert_eq!(
        told,
        "error: no parameter is uncertain, so there is nothing to discover: give one a distribution: use \
         --set 'parameters.NAME={ uniform = [LOW, HIGH] }'\n"
    );
}

#[test]
fn too_few_points_and_wrong_numbers_are_refused_before_anything_runs() {
    for (wrong, expected) in [
        ("--points 99", "wanted a whole number from 100 to 100000"),
        ("--above nan", "wanted a number"),
        ("--above 0.1 --below 0.2", "cannot be used with"),
        ("--boxes 0", "wanted a whole number from 1 to 20"),
        ("--plays 0", "wanted a whole number, at least 1"),
    ] {
        let told = place().complains(&format!("discover dare.toml --of turns {wrong}"), 2);
        assert!(told.contains(expected), "{told}");
    }
}

#[test]
fn an_amount_that_is_out_of_range_at_some_point_says_so() {
    let place = place();
    place.write("wild.toml", &DARE.replace("1 - danger * tides / tides", "1.2 - danger"));
    let told = place.complains("discover wild.toml --of outcomes.end.done --points 100", 2);
    assert!(told.contains("wild.toml:29:10") && told.contains("in draw "), "{told}");
}

#[test]
fn its_files_are_what_is_promised() {
    let place = place();
    place.prints("discover dare.toml --of outcomes.end.done --points 100 --boxes 2 --out out");
    assert_eq!(
        place.list("out"),
        ["boxes.csv", "manifest.json", "sample.csv", "scenario.toml", "source.json", "trajectory.csv"]
    );
    for (name, header) in [
        ("boxes", "box,parameter,low,high,from,to,p_value,p_low,p_high,parameter_title"),
        ("trajectory", "box,step,coverage,density,mass,mean,restricted,chosen"),
        ("sample", "point,prize,danger,tides,coin,value,low,high,in,why_not"),
    ] {
        assert_eq!(place.read(&format!("out/{name}.csv")).lines().next(), Some(header));
    }
    assert_eq!(place.read("out/sample.csv").lines().count(), 101);
    // It may be written over itself, and nothing in it depends on how many threads there were.
    let before = place.read("out/sample.csv");
    place.prints("discover dare.toml --of outcomes.end.done --points 100 --boxes 2 --out out --threads 1");
    assert_eq!(place.read("out/sample.csv"), before);
}
