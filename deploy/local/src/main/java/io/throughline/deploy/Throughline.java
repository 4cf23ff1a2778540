package io.throughline.deploy;

import io.throughline.deploy.cli.CommandLineInterface;
import java.util.Locale;

/// The program behind `./throughline`.
final class Throughline {
    private Throughline() {}

    public static void main(String[] arguments) {
        // What it writes is English, and much of it is read by programs; times are shown in the user's zone, numbers always in ASCII digits.
        Locale.setDefault(Locale.ROOT);
        System.exit(CommandLineInterface.run(arguments));
    }
}
