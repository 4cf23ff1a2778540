package io.throughline.deploy.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows under headings, columns aligned; on a terminal the last column is cut at its edge.
public final class Table {
    private static final String GAP = "  ";
    private static final int NARROWEST = 12;

    private sealed interface Line {
        record Cells(List<String> cells) implements Line {}

        record Note(String text) implements Line {}
    }

    private final Terminal terminal;
    private final List<String> headings;
    private final List<Line> lines = new ArrayList<>();

    public Table(Terminal terminal, String... headings) {
        this.terminal = terminal;
        this.headings = List.of(headings);
    }

    /// One row; each cell is made [Printable].
    public Table row(Object... cells) {
        lines.add(new Line.Cells(Arrays.stream(cells).map(cell -> Printable.of(cell == null ? "" : cell.toString())).toList()));
        return this;
    }

    /// A line of its own below the last row, printed as it is.
    Table note(String text) {
        lines.add(new Line.Note(text));
        return this;
    }

    public void print() {
        var widths = widths();
        terminal.say(terminal.bold(format(headings, widths)));
        for (var line : lines) {
            terminal.say(switch (line) {
                case Line.Cells(var cells) -> format(cells, widths);
                case Line.Note(var text) -> text;
            });
        }
    }

    private int[] widths() {
        var widths = headings.stream().mapToInt(Table::length).toArray();
        for (var line : lines) {
            if (line instanceof Line.Cells(var cells)) {
                for (int i = 0; i < cells.size(); i++) {
                    widths[i] = Math.max(widths[i], length(cells.get(i)));
                }
            }
        }
        return widths;
    }

    private String format(List<String> cells, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < cells.size() - 1; i++) {
            line.append(cells.get(i)).repeat(' ', widths[i] - length(cells.get(i))).append(GAP);
        }
        var room = terminal.interactive() ? Math.max(NARROWEST, terminal.columns() - line.length()) : Integer.MAX_VALUE;
        return line.append(cut(cells.getLast(), room)).toString().stripTrailing();
    }

    static String cut(String text, int room) {
        return length(text) <= room ? text : text.substring(0, text.offsetByCodePoints(0, room - 1)) + "…";
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
