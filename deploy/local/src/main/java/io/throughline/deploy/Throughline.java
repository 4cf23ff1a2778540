package io.throughline.deploy;

import io.throughline.deploy.cli.CommandLineInterface;

/// The program behind `./throughline`.
final class Throughline {
    private Throughline() {}

    public static void main(String[] arguments) {
        System.exit(CommandLineInterface.run(arguments));
    }
}
