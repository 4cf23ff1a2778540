package io.throughline.journey.project;

import io.throughline.events.Token;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.rule.FindingId;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Where findings and the verdicts behind them are kept, within one transaction.
public interface FindingStore {

    /// @param content what the verdict says: [io.throughline.journey.rule.Activation#contentHash]
    record Verdict(Token person, FindingId finding, UUID content) {}

    /// By finding, what the verdict behind it said when these persons were evaluated last; maps that the caller may change. Of those that people have
    /// dismissed since it says something else: there is something to tell although the verdict says what it said.
    Map<Token, Map<FindingId, UUID>> standing(List<Token> persons);

    /// These findings as published last, of all persons that have them.
    Map<Token, Map<FindingId, Finding>> published(List<FindingId> findings);

    /// What the verdicts behind these findings said when people dismissed them, of all persons that have them.
    Map<Token, Map<FindingId, UUID>> dismissed(List<FindingId> findings);

    /// Writes revisions, to be published too, and verdicts: those that changed, with what they say now, and those that are gone.
    void write(List<Finding> revisions, List<Verdict> changed, List<Verdict> gone);
}
