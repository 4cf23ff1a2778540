package io.throughline.deploy.cli;

/// Progress of a long undertaking: on a terminal a bar below the lines, elsewhere the lines alone.
public interface Steps extends AutoCloseable {
    /// Something begins; only worth a line where there is no bar to say it.
    void begin(String what);

    /// Something is done.
    void done(String line);

    /// How far it is.
    /// @param all of how many; 0 or less where that is not known
    /// @param doing what is counted, or what is done now
    void show(long done, long all, String doing);

    @Override
    void close();

    static Steps on(Terminal terminal) {
        return terminal.interactive() ? new Bar(terminal) : new Lines(terminal);
    }

    /// For files, pipes and logs of builds.
    record Lines(Terminal terminal) implements Steps {
        @Override
        public void begin(String what) {
            terminal.say("  " + what + " …");
        }

        @Override
        public void done(String line) {
            terminal.say("  " + line);
        }

        @Override
        public void show(long done, long all, String doing) {
            // Each step has its line.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
