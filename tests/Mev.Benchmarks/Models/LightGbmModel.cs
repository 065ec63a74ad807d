using Mev.Domain.Models;

namespace Mev.Benchmarks.Models;

/// <summary>The same trees in the trainer's own library, asked for one row at a time.</summary>
internal sealed class LightGbmModel : IDisposable
{
    private readonly nint _booster;
    private readonly nint _config;
    private readonly double _bias;

    public LightGbmModel(TreeEnsemble ensemble)
    {
        _bias = ensemble.Bias;
        var text = LightGbmText.Of(ensemble);
        LightGbmNative.Check(LightGbmNative.LGBM_BoosterLoadModelFromString(text, out var iterations, out _booster));
        if (iterations != ensemble.Trees.Length)
            throw new InvalidOperationException($"LightGBM read {iterations} of {ensemble.Trees.Length} trees");
        LightGbmNative.Check(LightGbmNative.LGBM_BoosterPredictForMatSingleRowFastInit(
            _booster, LightGbmNative.Normal, 0, -1, LightGbmNative.Float32, ModelRow.Names.Length, "num_threads=1",
            out _config));
    }

    /// <summary>By the call that is prepared once.</summary>
    public unsafe double Prepared(float* row)
    {
        long length;
        double result;
        LightGbmNative.Check(
            LightGbmNative.LGBM_BoosterPredictForMatSingleRowFast(_config, row, &length, &result));
        return result + _bias;
    }

    /// <summary>By the call that needs no preparation.</summary>
    public unsafe double Plain(float* row)
    {
        long length;
        double result;
        fixed (byte* parameter = "num_threads=1\0"u8)
        {
            LightGbmNative.Check(LightGbmNative.LGBM_BoosterPredictForMatSingleRow(
                _booster, row, LightGbmNative.Float32, ModelRow.Names.Length, 1, LightGbmNative.Normal, 0, -1,
                parameter, &length, &result));
        }
        return result + _bias;
    }

    public void Dispose()
    {
        LightGbmNative.Check(LightGbmNative.LGBM_FastConfigFree(_config));
        LightGbmNative.Check(LightGbmNative.LGBM_BoosterFree(_booster));
    }
}
