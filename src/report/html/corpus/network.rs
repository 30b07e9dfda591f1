//! A picture of which documents share text with which: dots for documents, lines for pairs.
//!
//! Documents that hang together are laid out by forces (T. Fruchterman and E. Reingold, "Graph drawing by force-directed
//! placement", 1991), each such group for itself, and the groups are set in rows, the largest first. Places begin from a fixed
//! hash and only `+ - * /` and square roots follow, so the picture is the same everywhere.

use crate::corpus::Relation;
use crate::report::html::text::escaped;
use std::cmp::Reverse;
use std::fmt;

/// Documents drawn at most, in all and of one group.
const NODES: usize = 240;
const GROUP: usize = 80;
/// Documents in the picture up to which they have their names beside them.
const NAMED: usize = 40;
/// Characters of a name.
const NAME: usize = 20;
/// How far dots are apart, about, with names and without.
const WIDE: f64 = 88.0;
const CLOSE: f64 = 36.0;
/// Length that a line wants to have while dots are moved.
const IDEAL: f64 = 46.0;
/// Rounds of moving the dots.
const ROUNDS: usize = 150;
/// Width of the picture, its height at most, and distance of the groups.
const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 1000.0;
const GAP: f64 = 34.0;
/// What a name needs to the right of its dot.
const LABEL: f64 = 130.0;
/// Height of a name.
const LINE: f64 = 15.0;

/// A document in the picture.
pub(super) struct Node<'n> {
    pub name: &'n str,
    /// Where its dot leads, if anywhere.
    pub link: Option<String>,
}

/// A pair in the picture.
pub(super) struct Link {
    pub a: usize,
    pub b: usize,
    pub relation: Relation,
    /// Words shared.
    pub words: usize,
}

/// The picture: what is drawn, and where.
pub(super) struct Network<'n> {
    nodes: &'n [Node<'n>],
    links: &'n [Link],
    /// Of each node; none for one that is left out.
    places: Vec<Option<(f64, f64)>>,
    /// Links of each node.
    degrees: Vec<usize>,
    /// Whether a node has its name beside it.
    named: Vec<bool>,
    /// Left end and base line of the names written so far.
    written: Vec<(f64, f64)>,
    height: f64,
}

impl<'n> Network<'n> {
    /// Lays the picture out. Cost: at most some millions of steps.
    pub fn new(nodes: &'n [Node<'n>], links: &'n [Link]) -> Self {
        let mut degrees = vec![0; nodes.len()];
        for link in links {
            degrees[link.a] += 1;
            degrees[link.b] += 1;
        }
        let (places, named) = (vec![None; nodes.len()], vec![false; nodes.len()]);
        let mut network = Self { nodes, links, places, degrees, named, written: Vec::new(), height: 0.0 };
        network.place();
        network
    }

    /// How many documents are drawn.
    pub fn drawn(&self) -> usize {
        self.places.iter().flatten().count()
    }

    /// Groups of documents that hang together, the largest first, each with its most linked documents first and cut to [`GROUP`].
    fn groups(&self) -> Vec<Vec<usize>> {
        let mut parent: Vec<usize> = (0..self.nodes.len()).collect();
        for link in self.links {
            let (a, b) = (root(&mut parent, link.a), root(&mut parent, link.b));
            parent[a.max(b)] = a.min(b);
        }
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); self.nodes.len()];
        for node in 0..self.nodes.len() {
            members[root(&mut parent, node)].push(node);
        }
        members.retain(|group| group.len() > 1);
        members.sort_by_key(|group| Reverse(group.len()));
        for group in &mut members {
            group.sort_by_key(|&node| (Reverse(self.degrees[node]), node));
            group.truncate(GROUP);
        }
        members
    }

    /// Sets the groups in rows.
    fn place(&mut self) {
        let (mut left, mut top, mut row, mut drawn) = (GAP, GAP, 0.0_f64, 0);
        let groups = self.groups();
        let all: usize = groups.iter().map(Vec::len).sum();
        for group in groups {
            drawn += group.len();
            let named = all <= NAMED && group.len() > 1;
            let (places, (width, height)) = self.lay_out(&group, if named { WIDE } else { CLOSE });
            let width = if named { width + LABEL } else { width };
            if left + width > WIDTH - GAP && left > GAP {
                (left, top, row) = (GAP, top + row + GAP, 0.0);
            }
            if drawn > NODES || top + height > HEIGHT {
                break;
            }
            for (&node, (x, y)) in group.iter().zip(places) {
                self.places[node] = Some((left + x, top + y));
                self.named[node] = named && self.has_room(left + x, top + y);
            }
            left += width + GAP;
            row = row.max(height);
        }
        self.height = top + row + GAP;
    }

    /// Whether a name can stand beside a dot without another in its way; it counts as written then.
    fn has_room(&mut self, x: f64, y: f64) -> bool {
        let meets = |other: &(f64, f64)| (other.0 - x).abs() < LABEL + 10.0 && (other.1 - y).abs() < LINE;
        let is_free = !self.written.iter().any(meets);
        self.written.extend(is_free.then_some((x, y)));
        is_free
    }

    /// Places of a group from (0, 0) on, and how much room they take.
    fn lay_out(&self, group: &[usize], apart: f64) -> (Vec<(f64, f64)>, (f64, f64)) {
        let mut at = vec![None; self.nodes.len()];
        for (place, &node) in group.iter().enumerate() {
            at[node] = Some(place);
        }
        let links = self.links.iter().filter_map(|link| Some((at[link.a]?, at[link.b]?)));
        let links: Vec<_> = links.collect();
        let side = IDEAL * (group.len() as f64).sqrt();
        let mut places: Vec<(f64, f64)> =
            (0..group.len() as u64).map(|node| (unit(2 * node) * side, unit(2 * node + 1) * side)).collect();
        for round in 0..ROUNDS {
            let farthest = side / 4.0 * (1.0 - round as f64 / ROUNDS as f64) + 0.5;
            step(&mut places, &links, farthest);
        }
        fitted(places, apart)
    }
}

/// Moves every dot by the forces on it, `farthest` at most.
fn step(places: &mut [(f64, f64)], links: &[(usize, usize)], farthest: f64) {
    let mut forces = vec![(0.0, 0.0); places.len()];
    let mut act = |a: usize, b: usize, force: &dyn Fn(f64) -> f64| {
        let (x, y) = (places[a].0 - places[b].0, places[a].1 - places[b].1);
        let distance = (x * x + y * y).sqrt().max(0.01);
        let strength = force(distance) / distance;
        forces[a] = (forces[a].0 + x * strength, forces[a].1 + y * strength);
        forces[b] = (forces[b].0 - x * strength, forces[b].1 - y * strength);
    };
    for a in 0..places.len() {
        for b in a + 1..places.len() {
            act(a, b, &|distance| IDEAL * IDEAL / distance);
        }
    }
    for &(a, b) in links {
        act(a, b, &|distance| -distance * distance / IDEAL);
    }
    for (place, (x, y)) in places.iter_mut().zip(forces) {
        let length = (x * x + y * y).sqrt().max(0.01);
        let scale = length.min(farthest) / length;
        *place = (place.0 + x * scale, place.1 + y * scale);
    }
}

/// Places moved to (0, 0), so far apart that there is `apart` squared for each but not farther than fits into the picture; with
/// width and height.
fn fitted(mut places: Vec<(f64, f64)>, apart: f64) -> (Vec<(f64, f64)>, (f64, f64)) {
    let least = |of: fn(&(f64, f64)) -> f64| places.iter().map(of).fold(f64::INFINITY, f64::min);
    let most = |of: fn(&(f64, f64)) -> f64| places.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
    let (x, y) = (least(|place| place.0), least(|place| place.1));
    let (width, height) = (most(|place| place.0) - x, most(|place| place.1) - y);
    let wanted = apart * (places.len() as f64).sqrt() / (width * height).sqrt().max(width.max(height) / 2.0);
    // Wider than tall, as names and screens are.
    let (across, down) = ((wanted * 1.3).min(ROOM / width.max(0.01)), (wanted * 0.8).min(TALL / height.max(0.01)));
    for place in &mut places {
        *place = ((place.0 - x) * across, (place.1 - y) * down);
    }
    (places, (width * across, height * down))
}

/// Room that one group has, names left out; and how tall it may be.
const ROOM: f64 = WIDTH - 2.0 * GAP - LABEL;
const TALL: f64 = 640.0;

/// A number from 0 to 1 for each number (splitmix64; Steele, Lea and Flood 2014).
fn unit(number: u64) -> f64 {
    let mut mixed = (number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((mixed ^ mixed >> 31) >> 11) as f64 / (1_u64 << 53) as f64
}

fn root(parent: &mut [usize], mut node: usize) -> usize {
    while parent[node] != node {
        parent[node] = parent[parent[node]];
        node = parent[node];
    }
    node
}

impl fmt::Display for Network<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let label = "Documents as dots, pairs that share text as lines";
        write!(
            f,
            "<svg class=\"network\" viewBox=\"0 0 {WIDTH} {:.0}\" role=\"group\" aria-label=\"{label}\">",
            self.height
        )?;
        for link in self.links {
            let (Some(a), Some(b)) = (self.places[link.a], self.places[link.b]) else { continue };
            let width = 1.0 + (link.words as f64).sqrt() / 12.0;
            write!(
                f,
                "<line class=\"link {}\" x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke-width=\"{:.1}\"/>",
                super::relation(link.relation),
                a.0,
                a.1,
                b.0,
                b.1,
                width.min(4.0)
            )?;
        }
        for (number, node) in self.nodes.iter().enumerate() {
            let Some(place) = self.places[number] else { continue };
            match &node.link {
                Some(link) => {
                    write!(f, "<a href=\"{link}\" tabindex=\"-1\">")?;
                    self.dot(f, number, place)?;
                    f.write_str("</a>")?;
                }
                None => self.dot(f, number, place)?,
            }
        }
        f.write_str("</svg>")
    }
}

impl Network<'_> {
    fn dot(&self, f: &mut fmt::Formatter<'_>, number: usize, (x, y): (f64, f64)) -> fmt::Result {
        let (name, degree) = (self.nodes[number].name, self.degrees[number]);
        let radius = 4.0 + (degree as f64).sqrt().min(8.0);
        let others =
            if degree == 1 { "shares with 1 other".to_owned() } else { format!("shares with {degree} others") };
        write!(
            f,
            "<g><title>{}: {others}</title><circle class=\"node\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\"/>",
            escaped(name)
        )?;
        if self.named[number] {
            let short: String = name.chars().take(NAME).collect();
            let more = if short.len() < name.len() { "…" } else { "" };
            write!(f, "<text x=\"{:.1}\" y=\"{:.1}\">{}{more}</text>", x + radius + 3.0, y + 4.0, escaped(&short))?;
        }
        f.write_str("</g>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nodes(count: usize) -> Vec<Node<'static>> {
        (0..count).map(|_| Node { name: "<d>", link: None }).collect()
    }

    fn link(a: usize, b: usize) -> Link {
        Link { a, b, relation: Relation::Passage, words: 40 }
    }

    #[test]
    fn groups_stand_apart_and_inside_the_picture() {
        let (nodes, links) =
            (nodes(9), [link(0, 1), link(1, 2), link(2, 0), link(3, 4), link(5, 6), link(6, 7), link(7, 8)]);
        let network = Network::new(&nodes, &links);
        assert_eq!(network.drawn(), 9);
        let places: Vec<_> = network.places.iter().flatten().collect();
        assert!(places.iter().all(|(x, y)| (0.0..=WIDTH).contains(x) && (0.0..=network.height).contains(y)));
        for (at, a) in places.iter().enumerate() {
            let apart = |b: &&&(f64, f64)| ((a.0 - b.0).powi(2) + (a.1 - b.1).powi(2)).sqrt() > 14.0;
            assert!(places[at + 1..].iter().all(|b| apart(&b)), "{places:?}");
        }
        let drawn = network.to_string();
        assert_eq!((drawn.matches("<line").count(), drawn.matches("<circle").count()), (7, 9));
        assert!(drawn.contains("&lt;d&gt;: shares with 2 others"));
    }

    #[test]
    fn a_crowd_is_cut_to_its_most_linked() {
        let nodes = nodes(1000);
        let links: Vec<_> = (1..1000).map(|other| link(0, other)).collect();
        let network = Network::new(&nodes, &links);
        assert_eq!(network.drawn(), GROUP);
        assert!(network.places[0].is_some() && network.height.is_finite());
    }

    #[test]
    fn nothing_makes_an_empty_picture() {
        assert_eq!(Network::new(&[], &[]).drawn(), 0);
    }
}
