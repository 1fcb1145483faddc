;; Dot products of many rows of int8 with one row of int16, sixteen places at a step; `dot-product.ts` holds it compiled.
(module
  (import "host" "memory" (memory 1))
  ;; `count` rows of `stride` bytes from `row` on, the question from `query` on; an i32 for each row from `out` on.
  (func (export "dotProducts")
    (param $row i32) (param $count i32) (param $stride i32) (param $query i32) (param $out i32)
    (local $low v128) (local $high v128) (local $bytes v128) (local $at i32) (local $end i32)
    (loop $rows
      (if (i32.eqz (local.get $count)) (then (return)))
      (local.set $low (v128.const i32x4 0 0 0 0))
      (local.set $high (v128.const i32x4 0 0 0 0))
      (local.set $at (local.get $query))
      (local.set $end (i32.add (local.get $row) (local.get $stride)))
      (loop $places
        (local.set $bytes (v128.load (local.get $row)))
        (local.set $low (i32x4.add (local.get $low)
          (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_s (local.get $bytes)) (v128.load (local.get $at)))))
        (local.set $high (i32x4.add (local.get $high)
          (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_s (local.get $bytes)) (v128.load offset=16 (local.get $at)))))
        (local.set $at (i32.add (local.get $at) (i32.const 32)))
        (local.set $row (i32.add (local.get $row) (i32.const 16)))
        (br_if $places (i32.lt_u (local.get $row) (local.get $end))))
      (local.set $low (i32x4.add (local.get $low) (local.get $high)))
      (i32.store (local.get $out) (i32.add
        (i32.add (i32x4.extract_lane 0 (local.get $low)) (i32x4.extract_lane 1 (local.get $low)))
        (i32.add (i32x4.extract_lane 2 (local.get $low)) (i32x4.extract_lane 3 (local.get $low)))))
      (local.set $out (i32.add (local.get $out) (i32.const 4)))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br $rows))))
