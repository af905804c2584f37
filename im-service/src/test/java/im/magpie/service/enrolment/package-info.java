@NullMarked
package im.magpie.service.enrolment;

import org.jspecify.annotations.NullMarked;
