package io.throughline.journey;

import java.util.Locale;

/// Why a request is refused. The wire code is stable, for programs; each has one HTTP status, named by its kind.
public enum ErrorCode {
    INVALID_PARAMETER("A parameter is not what it should be", Kind.INVALID),
    INVALID_BODY("The body is not what it should be", Kind.INVALID),
    AS_OF_AHEAD("The time asked for lies ahead of what is known", Kind.INVALID),
    UNAUTHENTICATED("A valid token is required", Kind.UNAUTHENTICATED),
    FORBIDDEN("This token does not allow that", Kind.FORBIDDEN),
    METHOD_UNKNOWN("This path does not know the method", Kind.METHOD),
    NOT_ACCEPTABLE("The answer cannot be given in that form", Kind.UNACCEPTABLE),
    BODY_TOO_LARGE("The body is too large", Kind.TOO_LARGE),
    MEDIA_TYPE_UNKNOWN("The body has a form that we do not read here", Kind.MEDIA_TYPE),
    PATH_UNKNOWN("There is nothing at this path", Kind.ABSENT),
    PERSON_UNKNOWN("No such person", Kind.ABSENT),
    FINDING_UNKNOWN("No such finding", Kind.ABSENT),
    FINDING_AMBIGUOUS("Several persons have a finding of this id", Kind.CONFLICT),
    FINDING_NOT_OPEN("The finding cannot be dismissed", Kind.CONFLICT),
    RULE_UNKNOWN("No such rule", Kind.ABSENT),
    INVALID_RULE("The rule is not what it should be", Kind.INVALID),
    RULE_INSTALLED("The rule comes with the installation", Kind.CONFLICT),
    TOO_MANY_RULES("There are too many rules, or versions of one", Kind.CONFLICT),
    VERSION_MISMATCH("It has another version than expected", Kind.STALE),
    OUTCOME_UNKNOWN("The change may or may not come into force", Kind.UNAVAILABLE),
    BACKTEST_UNKNOWN("No such back-test", Kind.ABSENT),
    TOO_MANY_BACKTESTS("Too many back-tests are running", Kind.BUSY),
    BUSY("Too much is asked at once", Kind.UNAVAILABLE),
    TOO_LONG("The answer takes too long", Kind.UNAVAILABLE),
    NOT_READY("The projector cannot answer now", Kind.UNAVAILABLE),
    INTERNAL("Something went wrong on our side", Kind.FAULT);

    /// What class of thing went wrong; the HTTP edge turns it into a status.
    public enum Kind { INVALID, METHOD, UNACCEPTABLE, TOO_LARGE, MEDIA_TYPE, UNAUTHENTICATED, FORBIDDEN, ABSENT, CONFLICT, STALE, BUSY, UNAVAILABLE, FAULT }

    private final String title;
    private final Kind kind;

    ErrorCode(String title, Kind kind) {
        this.title = title;
        this.kind = kind;
    }

    public String title() {
        return title;
    }

    public Kind kind() {
        return kind;
    }

    /// The stable code, as in `person-unknown`.
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
