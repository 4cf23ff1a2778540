package io.throughline.deploy.demo;

/// What can be planted; each is the id of the shipped rule that must find it.
enum Fault {
    ADDRESS_CHANGE_UNACKNOWLEDGED("address-change-unacknowledged"),
    STALE_ADDRESS_ON_DISPATCH("stale-address-on-dispatch"),
    OUTAGE_NOTICE_TO_UNAFFECTED("outage-notice-to-unaffected"),
    PROMISE_BROKEN("promise-broken"),
    LEAD_GONE_COLD("lead-gone-cold"),
    WARRANTY_UNSETTLED("warranty-unsettled"),
    UNDELIVERED("undelivered"),
    MARKETING_WITHOUT_CONSENT("marketing-without-consent");

    private final String rule;

    Fault(String rule) {
        this.rule = rule;
    }

    String rule() {
        return rule;
    }
}
