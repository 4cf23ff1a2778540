package io.throughline.journey.run;

import io.throughline.journey.rule.file.WrittenRule;
import java.util.List;

/// The rules that came with this installation: the shipped ones, and those of the folders that the configuration names.
record InstalledRules(List<WrittenRule> all) {}
