package im.magpie.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Lines over two axes, as an SVG element. */
record Chart(String title, Axis x, Axis y, List<Line> lines) {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 260;
    private static final int LEFT = 60;
    /** The lines are named there. */
    private static final int RIGHT = 110;

    private static final int TOP = 28;
    private static final int BOTTOM = 42;
    private static final List<String> COLOURS =
            List.of("#1f6feb", "#d9480f", "#2b8a3e", "#862e9c", "#0c8599", "#495057");

    /** A line through points. */
    record Line(String name, List<Point> points) {}

    record Point(double x, double y) {}

    String svg() {
        var svg = new StringBuilder();
        svg.append("<svg viewBox=\"0 0 %d %d\" role=\"img\">".formatted(WIDTH, HEIGHT));
        text(svg, LEFT, 16, "start", "title", title);
        axes(svg);
        for (var i = 0; i < lines.size(); i++) {
            line(svg, lines.get(i), COLOURS.get(i % COLOURS.size()), i);
        }
        return svg.append("</svg>\n").toString();
    }

    private void axes(StringBuilder svg) {
        for (var tick : x.ticks()) {
            stroke(svg, across(tick), TOP, across(tick), HEIGHT - BOTTOM);
            text(svg, across(tick), HEIGHT - BOTTOM + 14, "middle", "tick", Axis.text(tick));
        }
        for (var tick : y.ticks()) {
            stroke(svg, LEFT, up(tick), WIDTH - RIGHT, up(tick));
            text(svg, LEFT - 5, up(tick) + 4, "end", "tick", Axis.text(tick));
        }
        text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "middle", "tick", x.name());
        text(svg, WIDTH - RIGHT, 16, "end", "tick", y.name());
    }

    private void line(StringBuilder svg, Line line, String colour, int number) {
        var points = line.points().stream()
                .map(point -> number(across(point.x())) + "," + number(up(point.y())))
                .collect(Collectors.joining(" "));
        svg.append(
                "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" points=\"%s\"/>".formatted(colour, points));
        svg.append("<text x=\"%d\" y=\"%d\" fill=\"%s\" class=\"tick\">%s</text>"
                .formatted(WIDTH - RIGHT + 12, TOP + 12 + 13 * number, colour, Html.escaped(line.name())));
    }

    private double across(double value) {
        return LEFT + x.place(value) * (WIDTH - LEFT - RIGHT);
    }

    private double up(double value) {
        return HEIGHT - BOTTOM - y.place(value) * (HEIGHT - TOP - BOTTOM);
    }

    private static void stroke(StringBuilder svg, double x1, double y1, double x2, double y2) {
        svg.append("<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
                .formatted(number(x1), number(y1), number(x2), number(y2)));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String style, String text) {
        svg.append("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" class=\"%s\">%s</text>"
                .formatted(number(x), number(y), anchor, style, Html.escaped(text)));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
