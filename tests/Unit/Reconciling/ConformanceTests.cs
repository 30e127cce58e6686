using System.Text.Json.Nodes;
using HaoSuan.Cli;
using HaoSuan.Platform.Sheets;
using HaoSuan.Settling.Reconciling;
using HaoSuan.Tests.Support;
using Xunit;

namespace HaoSuan.Tests.Unit.Reconciling;

/// <summary>Each pair of files NAME.orders.* and NAME.sheet.* gives NAME.truth.json.</summary>
public sealed class ConformanceTests
{
    private static readonly string Own = Path.Combine(Repository.Root, "tests/Unit/data");

    public static TheoryData<string> Sheets() =>
        [.. Folders().SelectMany(folder => Directory.GetFiles(folder, "*.sheet.*")).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Sheets))]
    public void The_truth_of_a_pair_is_found(string sheet)
    {
        var pair = sheet[..sheet.LastIndexOf(".sheet.", StringComparison.Ordinal)];
        var ours = Read(Directory.GetFiles(Path.GetDirectoryName(pair)!, Path.GetFileName(pair) + ".orders.*").Single(), Side.Ours);
        var truth = JsonNode.Parse(File.ReadAllText(pair + ".truth.json"));

        var found = JsonNode.Parse(ReconciliationJson.Of(Matching.Run(ours, Read(sheet, Side.Theirs))));

        Assert.True(JsonNode.DeepEquals(truth, found), $"{found}");
    }

    private static IReadOnlyList<Entry> Read(string file, Side side) => Sheet.Read(File.ReadAllBytes(file), side: side).Value.Entries;

    private static IEnumerable<string> Folders() =>
        Shared.Folder() is { } shared && Directory.Exists(Path.Combine(shared, "data")) ? [Own, Path.Combine(shared, "data")] : [Own];
}
