/** Models in ONNX form, run by ONNX Runtime; the only package that knows of it. */
package dev.mlops.service.onnx;
