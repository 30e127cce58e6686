using System.Text.RegularExpressions;
using Xunit;

namespace HaoSuan.Tests.Architecture;

/// <summary>Short files that read from top to bottom, names after what things are or do, nothing left for later.</summary>
public sealed partial class HabitTests
{
    private const int MostLines = 400;
    private const int WidestLine = 160;

    [Fact]
    public void Files_are_short() => Faults.None(Code.SelectMany(TooLong));

    [Fact]
    public void Lines_fit_the_screen() =>
        Faults.None(Code.Where(s => s.Path.EndsWith(".cs", StringComparison.Ordinal)).SelectMany(TooWide));

    [Fact]
    public void Names_say_what_a_type_is_or_does() => Faults.None(Source.In("src").Where(s => s.IsCode).SelectMany(EmptyNames));

    [Fact]
    public void An_interface_has_more_than_one_side()
    {
        var code = Code.Select(s => s.Code).ToList();

        Faults.None(Source.In("src/Modules").Where(s => s.IsCode).SelectMany(s => OneSided(s, code)));
    }

    [Fact]
    public void Nothing_is_left_for_later() =>
        Faults.None(Source.All.Where(s => !s.Path.StartsWith("tests/Architecture/", StringComparison.Ordinal)).SelectMany(Unfinished));

    [Fact]
    public void A_long_file_and_a_wide_line_are_found()
    {
        Assert.NotEmpty(TooLong(new Source("src/A.cs", new string('\n', MostLines))));
        Assert.NotEmpty(TooWide(new Source("src/A.cs", new string('x', WidestLine + 1))));
    }

    [Theory]
    [InlineData("internal sealed class OrderService;")]
    [InlineData("public static class MoneyHelpers;")]
    [InlineData("internal record OrderDto(int Id);")]
    public void An_empty_name_is_found(string text) => Assert.NotEmpty(EmptyNames(new Source("src/A.cs", text)));

    [Fact]
    public void A_one_sided_interface_is_found()
    {
        const string one = "interface IClock; class Clock(int a) : object, IClock;";

        Assert.NotEmpty(OneSided(new Source("src/A.cs", one), [one]));
        Assert.Empty(OneSided(new Source("src/A.cs", one), [one, "sealed class Stopped : IClock;"]));
    }

    [Theory]
    [InlineData("// TODO later")]
    [InlineData("throw new NotImplementedException();")]
    [InlineData("this is a placeholder for the real page")]
    public void Something_left_for_later_is_found(string text) => Assert.NotEmpty(Unfinished(new Source("src/A.cs", text)));

    [Theory]
    [InlineData("<input placeholder=\"138…\" />")]
    [InlineData("input::placeholder { color: gray }")]
    public void A_hint_inside_an_input_is_no_promise(string text) => Assert.Empty(Unfinished(new Source("src/A.razor", text)));

    private static IEnumerable<Source> Code => Source.All.Where(s => s.IsCode);

    private static IEnumerable<string> TooLong(Source source) =>
        source.Text.Count(c => c == '\n') is var lines and >= MostLines ? [$"{source.Path}: {lines} lines"] : [];

    private static IEnumerable<string> TooWide(Source source) =>
        source.Text.Split('\n').Index().Where(l => l.Item.Length > WidestLine).Select(l => $"{source.Path}:{l.Index + 1}: {l.Item.Length} columns");

    private static IEnumerable<string> EmptyNames(Source source) =>
        source.Faults(source.Code, EmptyName(), "verb and noun for a use case, a noun for a rule");

    private static IEnumerable<string> OneSided(Source source, IReadOnlyList<string> code) =>
        from declared in Interface().Matches(source.Code)
        let name = declared.Groups[1].Value
        let side = new Regex($@"\b(?:class|struct|record)\s[^{{;]*[:,]\s*{name}\b")
        where code.Sum(c => side.Count(c)) < 2
        select $"{source.Path}: {name}: an interface with one implementation";

    private static IEnumerable<string> Unfinished(Source source) =>
        source.Faults(source.Text, LeftForLater(), "finish it or leave it out");

    [GeneratedRegex(@"\b(?:class|record|struct|interface|enum)\s+\w*(?:Service|Manager|Helper|Util|Utilitie|Dto|Impl)s?\b")]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"\binterface\s+(I[A-Z]\w*)")]
    private static partial Regex Interface();

    [GeneratedRegex(@"\b(?:TODO|FIXME|HACK|XXX|TBD)\b|\bNotImplementedException\b|\blorem ipsum\b|(?<!:)\bplaceholder\b(?!\s*=)", RegexOptions.IgnoreCase)]
    private static partial Regex LeftForLater();
}
