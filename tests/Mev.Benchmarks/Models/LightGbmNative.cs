using System.Runtime.InteropServices;

namespace Mev.Benchmarks.Models;

/// <summary>The C interface of the library that the trainer brings, as far as one row at a time needs it.</summary>
internal static partial class LightGbmNative
{
    public const int Float32 = 0;
    public const int Normal = 0;

    private const string Library = "lib_lightgbm";

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int LGBM_BoosterLoadModelFromString(string model, out int iterations, out nint booster);

    [LibraryImport(Library)]
    public static partial int LGBM_BoosterFree(nint booster);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int LGBM_BoosterPredictForMatSingleRowFastInit(
        nint booster, int predictType, int firstIteration, int iterations, int dataType, int columns, string parameter,
        out nint config);

    [LibraryImport(Library)]
    public static unsafe partial int LGBM_BoosterPredictForMatSingleRowFast(
        nint config, float* row, long* length, double* result);

    [LibraryImport(Library)]
    public static unsafe partial int LGBM_BoosterPredictForMatSingleRow(
        nint booster, float* row, int dataType, int columns, int isRowMajor, int predictType, int firstIteration,
        int iterations, byte* parameter, long* length, double* result);

    [LibraryImport(Library)]
    public static partial int LGBM_FastConfigFree(nint config);

    [LibraryImport(Library)]
    private static unsafe partial byte* LGBM_GetLastError();

    /// <exception cref="InvalidOperationException">The library says that it failed.</exception>
    public static unsafe void Check(int code)
    {
        if (code != 0)
            throw new InvalidOperationException($"LightGBM: {Marshal.PtrToStringUTF8((nint)LGBM_GetLastError())}");
    }
}
