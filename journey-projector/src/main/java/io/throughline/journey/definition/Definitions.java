package io.throughline.journey.definition;

import java.util.List;

/// What is laid down, as far as this projection has read it.
public interface Definitions {

    /// The first record of the log that has not taken effect here.
    long next();

    /// Lets records take effect, each once, whoever brings them; everyone is evaluated anew when one changes what verdicts rest on.
    void apply(List<DefinitionLog.Entry> entries);
}
