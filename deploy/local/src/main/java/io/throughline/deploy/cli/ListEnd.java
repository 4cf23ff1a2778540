package io.throughline.deploy.cli;

/// The line below a list that says how much of it was shown, and what to type for the rest.
final class ListEnd {
    private ListEnd() {}

    /// @param narrower options that make it shorter
    static String of(Api.Listed listed, String narrower) {
        if (listed.shown() == 0) {
            return "None.";
        }
        if (!listed.more()) {
            return "%,d in all.".formatted(listed.shown());
        }
        var all = listed.count().isPresent() ? "%,d".formatted(listed.count().getAsLong()) : "many";
        return "%,d of %s are shown. More: --limit N; fewer: %s; all into a file: --csv".formatted(listed.shown(), all, narrower);
    }
}
