package io.countersign.gateway.decisions;

import io.countersign.http.Bytes;
import io.countersign.json.AsciiObjects;
import io.countersign.signing.base.Pool;

/** Writes the members of a decision as JSON in ASCII. For one thread. */
final class DecisionFormat {
    private static final int USUAL = 1_024;

    private static final Pool<DecisionFormat> IDLE = new Pool<>(DecisionFormat::new);

    private final LineBuffer buffer = new LineBuffer(USUAL);
    private final AsciiObjects json = new AsciiObjects(buffer);
    private final LineTime times = new LineTime();

    private DecisionFormat() {}

    /** The members from {@code at} to {@code micros}, each with a comma before it. */
    static Bytes members(LoggedDecision decision) {
        DecisionFormat format = IDLE.take();
        format.buffer.clear();
        format.write(decision);
        // An object, without its end, and with a comma in the place of its beginning.
        format.buffer.bytes()[0] = ',';
        Bytes members = Bytes.of(format.buffer.bytes(), format.buffer.length() - 1);
        IDLE.giveBack(format);
        return members;
    }

    private void write(LoggedDecision decision) {
        json.begin();
        json.put(Member.AT.named(), times.of(decision.at()));
        json.put(Member.REQUEST_ID.named(), decision.requestId());
        json.put(Member.FACE.named(), decision.face());
        json.put(Member.OUTCOME.named(), decision.outcome());
        json.put(Member.PRINCIPAL.named(), decision.principal());
        json.put(Member.SUBJECT.named(), decision.subject());
        json.put(Member.SESSION_ID.named(), decision.sessionId());
        json.put(Member.ACCESS_KEY_ID.named(), decision.accessKeyId());
        json.put(Member.SIGNATURE_VERSION.named(), decision.signatureVersion());
        json.put(Member.USER_AGENT_FAMILY.named(), decision.userAgentFamily().text());
        json.put(Member.ACTION.named(), decision.action());
        json.put(Member.RESOURCE.named(), decision.resource());
        json.put(Member.SOURCE_IP.named(), decision.sourceIp());
        json.put(Member.CODE.named(), decision.code());
        json.put(Member.EC.named(), decision.ec());
        json.put(Member.DECIDED_BY.named(), decision.decidedBy());
        json.put(Member.MICROS.named(), decision.micros());
        json.end();
    }
}
