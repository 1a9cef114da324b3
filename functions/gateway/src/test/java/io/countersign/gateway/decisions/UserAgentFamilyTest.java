package io.countersign.gateway.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserAgentFamilyTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            aliyun-sdk-java/3.18.5(Linux/6.1.0/amd64;25.0.1)                              | aliyun-sdk-java
            aliyun-sdk-python/2.19.1(Linux/6.1.0/x86_64;3.12.4)                           | aliyun-sdk-python
            aliyun-sdk-nodejs/6.23.0 Node.js 20.11.1 on Linux 64-bit                      | aliyun-sdk-js
            aliyun-sdk-js/6.23.0 Chrome 120.0 on Windows 10 64-bit                        | aliyun-sdk-js
            aliyun-sdk-android/2.9.21(Linux/Android 14/Pixel 8;UP1A)                      | aliyun-sdk-android
            aliyun-sdk-ios/2.10.20(/iPhone/iOS 17/en_US)                                  | aliyun-sdk-ios
            aliyun-sdk-mac/2.10.20                                                        | aliyun-sdk-ios
            aliyun-sdk-go/v3.0.2 (Linux/6.1.0/x86_64;go1.22)                              | aliyun-sdk-go
            aliyun-sdk-cpp/1.10.0 (Linux/6.1.0)                                           | aliyun-sdk-cpp
            aliyun-sdk-c/3.11.2(Compatible Unknown)                                       | aliyun-sdk-c
            aliyun-sdk-php/2.7.2 (Linux/6.1.0/x86_64;8.2)                                 | aliyun-sdk-php
            aliyun-sdk-dotnet/2.14.1.0(windows 16.7/16.7.0.0/x86;4.0.30319.42000)         | aliyun-sdk-net
            aliyun-sdk-ruby/0.8.0 ruby-3.1/x86_64-linux                                   | aliyun-sdk-ruby
            alibabacloud-java-sdk-v2/0.4.0 (Linux/6.1.0/amd64;25.0.1)                     | alibabacloud-oss-v2-java
            alibabacloud-python-sdk-v2/1.2.0 (Linux/6.1.0/x86_64;3.12.4)                  | alibabacloud-oss-v2-python
            alibabacloud-go-sdk-v2/1.5.1 (linux/-/amd64;go1.19.8)                         | alibabacloud-oss-v2-go
            alibabacloud-php-sdk-v2/1.0.0 (Linux/6.1.0/x86_64;8.2)                        | alibabacloud-oss-v2-php
            alibabacloud-dotnet-sdk-v2/0.2.0 (Unix/6.1/X64)                               | alibabacloud-oss-v2-net
            AlibabaCloud (Linux; amd64) Java/25.0.1 Core/4.7.8 HTTPClient/ApacheHttpClient | alibabacloud-sdk
            aliyun-sdk-go/v3.0.2 (Linux/6.1.0/x86_64;go1.20)/ossutil-v1.7.19              | ossutil
            Mozilla/5.0 (X11) oss-browser/1.17.0 Chrome/100.0 Electron/18.0               | ossbrowser
            curl/8.14.1                                                                   | curl
            Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36                            | browser
            aliyun-sdk-rust/1                                                             | other
            aliyun-sdk-                                                                   | other
            alibabacloud-sdk-v2                                                           | other
            alibabacloud--sdk-v2                                                          | other
            alibabacloud-cobol-sdk-v2/1.0                                                 | other
            curly/1.0                                                                     | other
            /                                                                             | other
            """)
    void aClientIsOfOneFamily(String agent, String family) {
        assertThat(UserAgentFamily.of(Optional.of(agent)).text()).isEqualTo(family);
    }

    @Test
    void aClientThatSaysNothingIsOfNone() {
        assertThat(UserAgentFamily.of(Optional.empty())).isEqualTo(UserAgentFamily.NONE);
        assertThat(UserAgentFamily.of(Optional.of("  "))).isEqualTo(UserAgentFamily.NONE);
    }
}
