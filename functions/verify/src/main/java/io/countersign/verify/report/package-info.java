/** The explainer: a failing request as somebody has it at hand goes in, the steps of the decision, the forms side by side and the cause in one sentence come out. */
@NullMarked
package io.countersign.verify.report;

import org.jspecify.annotations.NullMarked;
