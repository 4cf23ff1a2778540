package io.throughline.journey;

/// A request that we decline, expected and quiet: what is wrong and what to do, in words for the caller, without contents.
public final class Refusal extends RuntimeException {

    private final ErrorCode code;

    public Refusal(ErrorCode code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
