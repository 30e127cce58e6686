using System.Text;
using HaoSuan.Catalog;
using HaoSuan.Settling.Cases;
using Xunit;

namespace HaoSuan.Tests.Unit.Catalog;

/// <summary>Schemes that can be read, and cannot mean what they say.</summary>
public sealed class ContradictionTests
{
    private const string ToppedUp = """{"fact":"topped_up","after":"activated","within_days":10}""";

    private static IEnumerable<(string, string?)> Of(string when, string clawback = "")
    {
        var json = $$$"""
            {"product":"GD29","version":1,"clawback":[{{{clawback}}}],
             "stages":[{"key":"first","upstream":"1.00","when":[{{{when}}}],"release":{"mode":"at_once"}}]}
            """;
        Assert.True(SchemeText.TryRead(Encoding.UTF8.GetBytes(json), out var scheme, out var faults), string.Join('\n', faults));
        return Contradictions.In(scheme).Select(r => (r.Code, r.Field));
    }

    [Theory]
    [InlineData("""{"quiet":["topped_up"],"for_days":10,"after":"activated"}""", true)]
    [InlineData("""{"quiet":["cancelled","activated"],"for_days":0,"after":"activated"}""", true)]
    [InlineData("""{"quiet":["topped_up"],"for_days":9,"after":"activated"}""", false)]
    [InlineData("""{"quiet":["topped_up"],"for_days":10,"after":"shipped"}""", false)]
    [InlineData("""{"quiet":["topped_up"],"for_days":10,"after":"activated","where":{"channel":["app"]}}""", false)]
    public void What_must_and_must_not_happen_in_the_same_time_is_never_earned(string quiet, bool isNever) =>
        Assert.Equal(isNever ? [("catalog.stage_never_earned", "stages[0].when[1].quiet")] : [], Of($"{ToppedUp},{quiet}"));

    [Theory]
    [InlineData("""{"on":["topped_up"],"keep":"none"}""", true)]
    [InlineData("""{"on":["cancelled","topped_up"],"after":"activated","within_days":10,"keep":"none","stages":["first"]}""", true)]
    [InlineData("""{"on":["topped_up"],"after":"activated","within_days":9,"keep":"none"}""", false)]
    [InlineData("""{"on":["topped_up"],"after":"activated","within_days":10,"keep":"prorata"}""", false)]
    [InlineData("""{"on":["topped_up"],"where":{"channel":["app"]},"keep":"none"}""", false)]
    [InlineData("""{"on":["cancelled"],"keep":"none"}""", false)]
    public void A_clawback_by_what_the_stage_waits_for_takes_everything(string clawback, bool isAlways) =>
        Assert.Equal(isAlways ? [("catalog.stage_always_taken_back", "clawback[0].on")] : [], Of(ToppedUp, clawback));
}
