using System.Buffers;
using System.Text;
using System.Text.Json;
using HaoSuan.Settling.Cases;
using Xunit;

namespace HaoSuan.Tests.Unit.Settling;

public sealed class ConformanceTests
{
    /// <summary>The cases beside these tests, and those of shared/cases above the repository (or of HAOSUAN_SHARED) where there is one.</summary>
    public static TheoryData<string> Cases =>
        [.. Folders().SelectMany(Directory.GetFiles).Where(file => File.Exists(Expected(file))).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_gives_its_expected_result(string file)
    {
        Assert.True(Case.TryRead(File.ReadAllBytes(file), out var read, out var faults), string.Join('\n', faults));
        var settlements = CaseResult.Of(read, out faults);
        Assert.Empty(faults);
        var json = new ArrayBufferWriter<byte>();
        CaseWriter.Write(json, read, settlements);
        using var actual = JsonDocument.Parse(json.WrittenMemory);
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Expected(file)));
        Assert.True(JsonElement.DeepEquals(expected.RootElement, actual.RootElement), Encoding.UTF8.GetString(json.WrittenSpan));
    }

    [Fact]
    public void There_are_cases() => Assert.True(Cases.Count >= 13);

    private static string Expected(string file) => Path.ChangeExtension(file, ".expected.json");

    private static IEnumerable<string> Folders()
    {
        yield return Path.Combine(AppContext.BaseDirectory, "cases");
        var shared = Environment.GetEnvironmentVariable("HAOSUAN_SHARED") is { Length: > 0 } path ? path : Upwards("shared");
        if (shared is not null && Directory.Exists(Path.Combine(shared, "cases"))) yield return Path.Combine(shared, "cases");
    }

    private static string? Upwards(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, name);
            if (Directory.Exists(candidate)) return candidate;
        }
        return null;
    }
}
