package io.throughline.journey.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.journey.rule.file.RuleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the README shows has to work for those who copy it.
class ReadmeTest {

    @Test
    void theRuleInTheReadmeIsARule() throws IOException {
        var readme = Files.readString(Path.of("../README.md"));
        var yaml = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(readme);
        assertThat(yaml.find()).isTrue();
        assertThat(RuleFiles.read("README.md", yaml.group(1)).rules()).extracting(Rule::id).containsExactly("welcome-call");
    }
}
