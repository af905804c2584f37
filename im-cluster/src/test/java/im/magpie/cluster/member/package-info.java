@NullMarked
package im.magpie.cluster.member;

import org.jspecify.annotations.NullMarked;
