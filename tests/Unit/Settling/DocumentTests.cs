using System.Text;
using HaoSuan.Settling;
using HaoSuan.Settling.Cases;
using HaoSuan.Settling.Explaining;
using Xunit;

namespace HaoSuan.Tests.Unit.Settling;

public sealed class DocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "settlement.md"));

    private static string Block(string language) => Document.Split($"```{language}\n")[1].Split("```")[0];

    [Fact]
    public void The_worked_example_of_the_document_comes_out_as_it_says()
    {
        Assert.True(Case.TryRead(Encoding.UTF8.GetBytes(Block("json")), out var read, out var faults), string.Join('\n', faults));
        var text = new Report(read, Language.English).Of(CaseResult.Of(read, out _));
        Assert.Equal(Block("text").TrimEnd().Split('\n'), text);
    }

    [Fact]
    public void The_document_names_every_kind_that_a_scheme_may_speak_of()
    {
        var section = Document.Split("Kinds that a scheme may speak of:")[1].Split("; and in a case file")[0];
        var named = section.Split([' ', ',', '\n'], StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(FactKind.Known.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }
}
