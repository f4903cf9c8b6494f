//! What the analyst works on, and where it lies on the screen: the mention in focus, the row of a table, an open dialog. What
//! only tells something keeps clear of it.

use eframe::egui::{Context, Id, Pos2, Rect, Vec2, pos2};

/// Where it lies in the pass that is being drawn.
#[derive(Clone, Default)]
struct Attention {
    pass: u64,
    rects: Vec<Rect>,
}

/// Says that something in `rect` is worked on.
pub fn is_at(ctx: &Context, rect: Rect) {
    let pass = ctx.cumulative_pass_nr();
    ctx.data_mut(|data| {
        let attention: &mut Attention = data.get_temp_mut_or_default(Id::unique("attention"));
        if attention.pass != pass {
            *attention = Attention { pass, rects: Vec::new() };
        }
        attention.rects.push(rect);
    });
}

/// The places that were told of in this pass.
pub fn rects(ctx: &Context) -> Vec<Rect> {
    let pass = ctx.cumulative_pass_nr();
    let attention: Option<Attention> = ctx.data(|data| data.get_temp(Id::unique("attention")));
    attention.filter(|attention| attention.pass == pass).map(|attention| attention.rects).unwrap_or_default()
}

/// Where something of this size covers least of what is worked on: over the lower edge of `within` where that covers nothing,
/// else over its upper edge, else in a corner of `screen`. Its upper left corner.
pub fn clear_place(size: Vec2, within: Rect, screen: Rect, busy: &[Rect]) -> Pos2 {
    const AWAY: f32 = 16.0;
    let middle = within.center().x - size.x / 2.0;
    let (left, right) = (screen.left() + AWAY, screen.right() - AWAY - size.x);
    let (top, bottom) = (screen.top() + AWAY, screen.bottom() - AWAY - size.y);
    let places = [
        pos2(middle, within.bottom() - AWAY - size.y),
        pos2(middle, within.top() + AWAY),
        pos2(right, bottom),
        pos2(left, bottom),
        pos2(right, top),
        pos2(left, top),
    ];
    let covered = |at: &Pos2| {
        let rect = Rect::from_min_size(*at, size).expand(4.0);
        let over = busy.iter().map(|busy| rect.intersect(*busy)).filter(|over| over.is_positive());
        over.map(|over| over.area() as u64).sum::<u64>()
    };
    places.into_iter().min_by_key(covered).unwrap_or(places[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use eframe::egui::vec2;

    #[test]
    fn what_is_told_keeps_clear_of_what_is_worked_on() {
        let screen = Rect::from_min_size(Pos2::ZERO, vec2(1024.0, 700.0));
        let page = Rect::from_min_max(pos2(200.0, 40.0), pos2(800.0, 670.0));
        let size = vec2(400.0, 40.0);
        let place = |busy: &[Rect]| Rect::from_min_size(clear_place(size, page, screen, busy), size);
        let low = Rect::from_min_size(pos2(420.0, 630.0), vec2(80.0, 20.0));
        assert!(place(&[]).bottom() > 640.0, "it belongs at the lower edge");
        assert!(place(&[low]).top() < 100.0, "and at the upper one where the lower is worked on");
        // A dialog of every size, a mention anywhere: covered only where nothing is free.
        for height in [100.0, 300.0, 560.0] {
            for x in (0..1000).step_by(50) {
                for y in (0..680).step_by(20) {
                    let dialog = Rect::from_center_size(screen.center(), vec2(500.0, height));
                    let mention = Rect::from_min_size(pos2(x as f32, y as f32), vec2(90.0, 20.0));
                    let told = place(&[dialog, mention]);
                    assert!(!told.intersects(dialog) && !told.intersects(mention), "{height} {mention:?}: {told:?}");
                    assert!(screen.contains_rect(told));
                }
            }
        }
    }
}
