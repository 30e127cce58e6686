using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using HaoSuan.Catalog;
using HaoSuan.Settling;
using HaoSuan.Settling.Cases;
using HaoSuan.Tests.Unit.Settling;
using Microsoft.Extensions.Primitives;
using Xunit;

namespace HaoSuan.Tests.Unit.Catalog;

/// <summary>Everything that a scheme can say can be said in forms.</summary>
public sealed class SchemeFormTests
{
    public static TheoryData<string> Cases => ConformanceTests.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_whose_schemes_and_bonuses_went_through_forms_gives_the_same_result(string file)
    {
        Assert.True(Case.TryRead(File.ReadAllBytes(file), out var read, out _));
        var retold = JsonNode.Parse(File.ReadAllBytes(file))!.AsObject();
        retold["schemes"] = new JsonArray([.. read.Orders.Select(o => o.Order.Scheme).Distinct().Select(Retell)]);
        retold["bonuses"] = new JsonArray([.. read.Bonuses.Select(b => new SchemeForm(new()).Bonus(Sent(SchemeFilling.Of(b))))]);

        Assert.True(Case.TryRead(JsonSerializer.SerializeToUtf8Bytes(retold), out var again, out var faults), string.Join('\n', faults));
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.ChangeExtension(file, ".expected.json")));
        Assert.True(JsonElement.DeepEquals(expected.RootElement, Result(again)));
    }

    [Theory]
    [InlineData("""{"mode":"weekly","weekday":3,"await":"upstream_confirmed"}""")]
    [InlineData("""{"mode":"monthly","months":2,"day":31}""")]
    [InlineData("""{"mode":"at_once"}""")]
    public void A_scheme_is_the_same_after_a_form(string release)
    {
        var json = $$$"""
            {"differential":"highest","stages":[
              {"key":"a","name":"甲","upstream":{"bps":825},"when":[
                {"fact":"topped_up","where":{"channel":["app","2"],"month":[2]},"each_at_least":"100.00","at_least":"200.00","after":"ordered",
                 "within_days":0,"within_months":0},
                {"quiet":["cancelled","suspended"],"for_days":3,"after":"activated","where":{"kind":["arrears"]}},
                {"normal_at_month_end":2,"after":"activated","ignoring":["single","office"]}],
               "release":{{{release}}},"peer_bonus":"5.00","repeat":{"fact":"billed","after":"activated","months":12}},
              {"key":"b","upstream":"0.01","when":[],"release":{"mode":"days","days":0}}],
             "clawback":[{"on":["cancelled","out_of_service"],"where":{"ok":[true]},"within_days":90,"after":"activated","keep":"prorata","stages":["a"],
               "penalty":"50.00"}]}
            """;
        var scheme = SchemeDocument.Read(json, "P", 1).Value.Scheme;

        var reading = new FormReading();
        var again = new SchemeForm(reading).Scheme(Sent(SchemeFilling.Of(scheme)));

        Assert.Empty(reading.Refusals);
        var expected = JsonNode.Parse(json)!;
        expected["stages"]![1]!["name"] = "b";
        Assert.True(JsonNode.DeepEquals(expected, again), again.ToJsonString());
    }

    [Fact]
    public void Items_left_out_of_a_list_leave_no_gap_and_a_removed_one_takes_what_is_within()
    {
        var form = FormNode.Of(Fields(("stages[7].key", "b"), ("stages[2].key", "a"), ("stages[2].when[4].fact", "activated"), ("paid", " 1 ")));

        Assert.Equal(["a", "b"], form.Items("stages").Select(s => s["key"]));
        Assert.Equal("stages[0].when[0].fact", form.Find("stages[0].when[0]")!.Name("fact"));
        Assert.Equal("1", form["paid"]);
        form.Find("stages[0]")!.Remove();
        Assert.Equal(("stages[0].key", "b"), (form.Items("stages")[0].Name("key"), form.Items("stages")[0]["key"]));
    }

    [Theory]
    [InlineData("stages[0]")]
    [InlineData("stages[99999].key")]
    [InlineData("[0].key")]
    [InlineData("stages[-1].key")]
    [InlineData("")]
    public void A_name_that_is_no_path_adds_nothing_to_a_list(string name)
    {
        var form = FormNode.Of(Fields((name, "x")));

        Assert.Empty(form.Items("stages"));
        Assert.Null(form.Find("stages[0]"));
    }

    [Theory]
    [InlineData("add nowhere[0].when")]
    [InlineData("add stages[0].nothing")]
    [InlineData("remove stages[5]")]
    [InlineData("remove")]
    [InlineData("")]
    public void A_button_that_names_nothing_changes_nothing(string what)
    {
        var form = SchemeFilling.Empty();

        new SchemeDraftForm(form, Product, 1, Zone.Shanghai).Change(what);

        Assert.Single(form.Items("stages"));
        Assert.Single(form.Items("stages")[0].Items("when"));
    }

    [Fact]
    public void With_a_stage_go_its_rates_of_the_example()
    {
        var form = FormNode.Of(Fields(("stages[0].key", "a"), ("stages[1].key", "b"), ("stages[2].key", "c"),
            ("example.chain[0].rates-0", "1"), ("example.chain[0].rates-1", "2"), ("example.chain[0].rates-2", "3")));

        new SchemeDraftForm(form, Product, 1, Zone.Shanghai).Change("remove stages[1]");

        var seat = form.Items("example.chain")[0];
        Assert.Equal(["1", "3", ""], Enumerable.Range(0, 3).Select(i => seat[Example.RateKey(i)]));
    }

    private static readonly Product Product =
        new(default, "P", default, ProductKind.TrafficCard, Carrier.Mobile, "P", "", Money.Zero, PicksNumber: false, [], OnSale: true);

    private static JsonObject Retell(Scheme scheme)
    {
        var retold = new SchemeForm(new()).Scheme(Sent(SchemeFilling.Of(scheme)));
        (retold["product"], retold["version"]) = (scheme.Product, scheme.Version);
        return retold;
    }

    /// <summary>As a browser sends it: field by field.</summary>
    private static FormNode Sent(FormNode form) => FormNode.Of(form.Fields());

    private static IEnumerable<KeyValuePair<string, StringValues>> Fields(params (string Name, string Value)[] fields) =>
        fields.Select(f => KeyValuePair.Create(f.Name, new StringValues(f.Value)));

    private static JsonElement Result(Case read)
    {
        var json = new ArrayBufferWriter<byte>();
        CaseWriter.Write(json, read, CaseResult.Of(read, out _));
        return JsonElement.Parse(json.WrittenSpan);
    }
}
