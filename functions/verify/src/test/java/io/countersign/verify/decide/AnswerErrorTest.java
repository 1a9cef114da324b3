package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerErrorTest {
    @ParameterizedTest
    @CsvSource({
        "StringToSign,stringToSign",
        "OSSAccessKeyId,ossAccessKeyId",
        "Bucket,bucket",
        "MaxAllowedSkewMilliseconds,maxAllowedSkewMilliseconds",
        "EC,ec"
    })
    void elementsOfOssBecomeMembers(String element, String member) {
        assertThat(VerifyAnswer.AnswerError.memberName(element)).isEqualTo(member);
    }
}
