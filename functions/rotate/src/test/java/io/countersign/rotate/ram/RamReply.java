package io.countersign.rotate.ram;

/** An answer of the small RAM. */
record RamReply(int status, String body) {
    static RamReply error(int status, String code) {
        return new RamReply(
                status,
                "{\"RequestId\":\"r\",\"HostId\":\"ram.aliyuncs.com\",\"Code\":\"" + code
                        + "\",\"Message\":\"server string to sign is: something\"}");
    }
}
