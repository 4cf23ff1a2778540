package io.throughline.deploy.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Rows under headings, columns aligned. On a terminal that is too narrow for a row the last columns stand below the others, and text is wrapped between
/// words: nothing is cut.
public final class Table {
    private static final String GAP = "  ";
    private static final String INDENT = "    ";
    /// Text in a narrower column is hard to read.
    private static final int NARROWEST = 24;

    private sealed interface Line {
        record Cells(List<String> cells) implements Line {}

        record Note(String mark, String text, UnaryOperator<String> style) implements Line {}
    }

    private final Terminal terminal;
    private final List<String> headings;
    private final List<Line> lines = new ArrayList<>();
    private final List<String> dispensable = new ArrayList<>();

    public Table(Terminal terminal, String... headings) {
        this.terminal = terminal;
        this.headings = List.of(headings);
    }

    /// One row; each cell is made [Printable].
    public Table row(Object... cells) {
        lines.add(new Line.Cells(Arrays.stream(cells).map(cell -> Printable.of(cell == null ? "" : cell.toString())).toList()));
        return this;
    }

    /// A line of its own below the last row, wrapped at the terminal's edge.
    ///
    /// @param style what it looks like, without a change of its length
    Table note(String mark, String text, UnaryOperator<String> style) {
        lines.add(new Line.Note(mark, Printable.of(text), style));
        return this;
    }

    /// Columns that a narrow terminal can do without, the first of them first.
    Table dispensable(String... headings) {
        dispensable.addAll(List.of(headings));
        return this;
    }

    public void print() {
        var widths = widths();
        var layout = layout(widths);
        format(headings, widths, layout).forEach(line -> terminal.say(terminal.bold(line)));
        for (var line : lines) {
            switch (line) {
                case Line.Cells(var cells) -> format(cells, widths, layout).forEach(terminal::say);
                case Line.Note(var mark, var text, var style) -> note(terminal, mark, text, style);
            }
        }
    }

    /// Prints text behind a mark, its further lines indented.
    static void note(Terminal terminal, String mark, String text, UnaryOperator<String> style) {
        var wrapped = wrap(text, room(terminal) - length(mark));
        for (int i = 0; i < wrapped.size(); i++) {
            terminal.say((i == 0 ? mark : " ".repeat(length(mark))) + style.apply(wrapped.get(i)));
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

    /// Which columns stand on each line of a row: as many as there is room for, and the others below, indented. The last column is wrapped in what is left.
    private List<List<Integer>> layout(int[] widths) {
        var shown = new ArrayList<>(IntStream.range(0, widths.length).boxed().toList());
        for (var heading : dispensable) {
            int width = shown.stream().mapToInt(column -> widths[column] + GAP.length()).sum() - GAP.length();
            if (width > room(terminal)) {
                shown.remove((Integer) headings.indexOf(heading));
            }
        }
        var layout = new ArrayList<List<Integer>>();
        var line = new ArrayList<Integer>();
        int used = 0;
        for (int column : shown) {
            int needed = column == widths.length - 1 ? Math.min(widths[column], NARROWEST) : widths[column];
            if (!line.isEmpty() && used + needed > room(terminal)) {
                layout.add(List.copyOf(line));
                line.clear();
                used = INDENT.length();
            }
            line.add(column);
            used += widths[column] + GAP.length();
        }
        layout.add(List.copyOf(line));
        return layout;
    }

    private List<String> format(List<String> cells, int[] widths, List<List<Integer>> layout) {
        var formatted = new ArrayList<String>();
        for (var columns : layout) {
            var line = new StringBuilder(formatted.isEmpty() ? "" : INDENT);
            for (int column : columns) {
                if (column < cells.size() - 1) {
                    line.append(cells.get(column)).repeat(' ', widths[column] - length(cells.get(column))).append(GAP);
                } else {
                    var start = " ".repeat(length(line.toString()));
                    var wrapped = wrap(cells.get(column), room(terminal) - start.length());
                    line.append(wrapped.getFirst());
                    for (var further : wrapped.subList(1, wrapped.size())) {
                        line.append('\n').append(start).append(further);
                    }
                }
            }
            line.toString().lines().map(String::stripTrailing).filter(text -> layout.size() == 1 || !text.isEmpty()).forEach(formatted::add);
        }
        return formatted;
    }

    private static int room(Terminal terminal) {
        return terminal.interactive() ? Math.max(NARROWEST, terminal.columns()) : Integer.MAX_VALUE;
    }

    /// Between words; a word that is longer than a line is broken.
    static List<String> wrap(String text, int room) {
        int width = Math.max(NARROWEST, room);
        var wrapped = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.split(" ")) {
            if (!line.isEmpty() && length(line.toString()) + 1 + length(word) > width) {
                wrapped.add(line.toString());
                line.setLength(0);
            }
            if (!line.isEmpty()) {
                line.append(' ');
            }
            while (length(word) > width) {
                int end = word.offsetByCodePoints(0, width);
                wrapped.add(word.substring(0, end));
                word = word.substring(end);
            }
            line.append(word);
        }
        wrapped.add(line.toString());
        return wrapped;
    }

    static String cut(String text, int room) {
        return length(text) <= room ? text : text.substring(0, text.offsetByCodePoints(0, room - 1)) + "…";
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
