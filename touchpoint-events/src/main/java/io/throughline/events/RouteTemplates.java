package io.throughline.events;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// The routes of a service by their templates, as in `/v1/journeys/{person}`, for the labels of metrics: a path as it was sent may hold an
/// identity, and there are as many paths as callers like to send.
public final class RouteTemplates {

    /// Of every path, and every method, that is none of ours.
    public static final String OTHER = "OTHER";

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");

    private final List<String> templates;

    private RouteTemplates(List<String> templates) {
        this.templates = templates;
    }

    /// @param templates those without variables before those that they would fit, too
    public static RouteTemplates of(String... templates) {
        return new RouteTemplates(List.of(templates));
    }

    /// What a label of a request's metric may say: the template for `uri`, a known method for `method`; other labels are the platform's own.
    public String bounded(String label, String value) {
        return switch (label) {
            case "uri" -> of(value);
            case "method" -> METHODS.contains(value) ? value : OTHER;
            default -> value;
        };
    }

    /// The template of a path, or [#OTHER]. What does not begin with a slash is no path but a label already, and stays what it is.
    public String of(String path) {
        if (!path.startsWith("/")) {
            return path;
        }
        return templates.stream().filter(template -> template.equals(path)).findFirst()
                .or(() -> templates.stream().filter(template -> fits(template, path)).findFirst())
                .orElse(OTHER);
    }

    private static boolean fits(String template, String path) {
        var expected = template.split("/", -1);
        var segments = path.split("/", expected.length + 1);
        return segments.length == expected.length && IntStream.range(0, expected.length)
                .allMatch(i -> expected[i].startsWith("{") ? !segments[i].isEmpty() : expected[i].equals(segments[i]));
    }
}
