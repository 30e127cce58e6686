using System.Reflection;
using System.Text.RegularExpressions;
using NetArchTest.Rules;
using Xunit;

namespace HaoSuan.Tests.Architecture;

/// <summary>What is owed is computed by pure functions: no clock, no chance, no I/O, no binary or decimal fractions.</summary>
public sealed partial class PurityTests
{
    private static readonly string[] Impure =
    [
        "System.IO", "System.Net", "System.Data", "System.Threading.Tasks", "System.Threading.Thread", "System.Diagnostics.Process",
        "System.Diagnostics.Stopwatch", "System.Environment", "System.Console", "System.Random", "System.Single", "System.Double",
        "System.Decimal", "Microsoft",
    ];

    [Theory]
    [InlineData("HaoSuan.Kernel")]
    [InlineData("HaoSuan.Settling")]
    public void The_pure_assemblies_depend_on_nothing_impure(string assembly)
    {
        var result = Types.InAssembly(Assembly.Load(assembly)).ShouldNot().HaveDependencyOnAny(Impure).GetResult();

        Assert.Empty(result.FailingTypeNames ?? []);
    }

    [Theory]
    [InlineData(nameof(Reader))]
    [InlineData(nameof(Share))]
    [InlineData(nameof(Waiting))]
    public void An_impure_type_is_found(string name)
    {
        var result = Types.InAssembly(typeof(Reader).Assembly).That().HaveName(name).ShouldNot().HaveDependencyOnAny(Impure).GetResult();

        Assert.False(result.IsSuccessful);
    }

    [Fact]
    public void Pure_sources_use_no_clock_no_chance_no_task_no_fraction() =>
        Faults.None(Source.All.Where(IsPure).SelectMany(Impurities));

    [Fact]
    public void The_ledger_counts_in_whole_minor_units() =>
        Faults.None(Source.In("src/Modules/Ledger").Where(s => s.IsCode).SelectMany(Fractions));

    [Theory]
    [InlineData("src/Settling/Rate.cs", "public decimal Value { get; }")]
    [InlineData("src/Kernel/Now.cs", "var now = DateTimeOffset.UtcNow;")]
    [InlineData("src/Kernel/Later.cs", "public async Task Later() { }")]
    [InlineData("src/Settling/Chance.cs", "var id = Guid.NewGuid();")]
    [InlineData("src/Modules/Orders/Rules/Place.cs", "static bool Allowed(Db db) => true;")]
    public void An_impure_source_is_found(string path, string text)
    {
        var source = new Source(path, text);

        Assert.True(IsPure(source));
        Assert.NotEmpty(Impurities(source));
    }

    [Fact]
    public void Comments_and_texts_may_speak_of_anything() =>
        Assert.Empty(Impurities(new Source("src/Settling/Sum.cs", """
            // no decimal here, says System.IO
            var text = "a decimal string, async";
            """)));

    private sealed record Reader(Stream From);

    private sealed record Share(double Of);

    private sealed record Waiting(Func<Task> For);

    private static bool IsPure(Source source) =>
        source.IsCode && (source.Project is "Kernel" or "Settling" || source.Path.Contains("/Rules/", StringComparison.Ordinal));

    // Kernel alone may name TimeProvider: that is where the shell's clock becomes an Instant and the time of an id.
    private static IEnumerable<string> Impurities(Source source) =>
        source.Faults(source.Code, ImpureWord(), "not in a pure function")
            .Concat(source.Project == "Kernel" ? [] : source.Faults(source.Code, Clock(), "the time is an argument"))
            .Concat(Fractions(source));

    private static IEnumerable<string> Fractions(Source source) =>
        source.Faults(source.Code, Fraction(), "amounts and rates are whole numbers");

    [GeneratedRegex(@"\b(Task|ValueTask|async|await|Random|Stopwatch|Environment|Console|HttpClient|DbContext|Db)\b"
        + @"|\bDateTime(Offset)?\.(Now|UtcNow|Today)\b|\bGuid\.NewGuid\b|\bSystem\.IO\b|\b(File|Directory)\.\w+")]
    private static partial Regex ImpureWord();

    [GeneratedRegex(@"\b(TimeProvider|Guid\.CreateVersion7)\b")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\b(float|double|decimal|Single|Double|Decimal|Half)\b|\b\d+\.\d+[fFdDmM]?\b")]
    private static partial Regex Fraction();
}
