using System.Text.RegularExpressions;
using Xunit;

namespace HaoSuan.Tests.Architecture;

/// <summary>A table belongs to the module that creates it, and tenant_id leads its keys.</summary>
public sealed partial class TableTests
{
    // Tables without a tenant, the same on every node.
    private static readonly string[] Reference = ["tenant"];

    private static readonly Dictionary<string, string> Owners = Source.In("src").Where(s => s.IsSql)
        .SelectMany(s => Tables(s).Select(t => t.Name).Concat(PartitionTable().Matches(s.Text).Select(m => m.Groups[1].Value))
            .Select(name => (Name: name, s.Project))).Distinct()
        .ToDictionary(t => t.Name, t => t.Project);

    [Fact]
    public void Only_its_own_module_touches_a_table() =>
        Faults.None(Source.In("src").Where(s => s.IsCode || s.IsSql).SelectMany(s => Trespasses(s, Owners)));

    [Fact]
    public void The_tenant_leads_every_key() => Faults.None(Source.In("src").Where(s => s.IsSql).SelectMany(StrayKeys));

    /// <summary>Row-level security holds for the owner too: without a tenant he sees no row, and says nothing of it.</summary>
    [Fact]
    public void A_migration_that_changes_rows_sees_those_of_all_tenants() => Faults.None(
        Source.In("src").Where(IsOfPostgres).Where(s => RowChange().IsMatch(s.Text) && !s.Text.Contains("haosuan.tenant", StringComparison.Ordinal))
            .Select(s => $"{s.Path}: begins without set local haosuan.tenant = '0'"));

    [Fact]
    public void Migrations_that_change_rows_are_known() =>
        Assert.Contains(Source.In("src").Where(IsOfPostgres), s => RowChange().IsMatch(s.Text) && s.Project == "Ledger");

    [Fact]
    public void Every_table_is_read() =>
        Assert.All(Source.In("src").Where(s => s.IsSql), s => Assert.Equal(CreateWord().Count(WithoutComments(s)), Tables(s).Count()));

    [Fact]
    public void The_platforms_tables_are_known() => Assert.Equal("Platform", Owners["outbox"]);

    [Theory]
    [InlineData("src/Modules/Orders/Place.cs", "db.Execute($\"update entry set amount = 1\");")]
    [InlineData("src/Modules/Orders/Place.cs", "var sql = \"\"\"\n  select 1\n  from entry e\n  \"\"\";")]
    [InlineData("src/Modules/Reports/Sales.cs", "var sql = \"delete from entry\";")]
    [InlineData("src/Modules/Orders/Data/0001_orders.sql", "insert into entry values (1);")]
    public void A_trespass_is_found(string path, string text) =>
        Assert.NotEmpty(Trespasses(new Source(path, text), new() { ["entry"] = "Ledger" }));

    [Theory]
    [InlineData("src/Modules/Ledger/Post.cs", "var sql = \"insert into entry values (1)\";")]
    [InlineData("src/Modules/Reports/Sales.cs", "var sql = \"select 1 from entry\";")]
    [InlineData("src/Modules/Orders/Place.cs", "var first = from entry in entries select entry; // update entry")]
    [InlineData("src/Modules/Orders/Data/0001_orders.sql", "foreign key (tenant_id, entry_id) references entry (tenant_id, id)")]
    public void The_owner_writes_reports_read_and_keys_refer(string path, string text) =>
        Assert.Empty(Trespasses(new Source(path, text), new() { ["entry"] = "Ledger" }));

    [Theory]
    [InlineData("create table a (tenant_id integer not null, id uuid, primary key (id));")]
    [InlineData("create table a (id uuid primary key);")]
    [InlineData("create table a (tenant_id integer, no text unique, primary key (tenant_id, no));")]
    [InlineData("create table a (tenant_id integer, b uuid references b (id), primary key (tenant_id, b));")]
    [InlineData("create unique index a_no on a (no, tenant_id);")]
    public void A_key_without_its_tenant_is_found(string sql) =>
        Assert.NotEmpty(StrayKeys(new Source("src/Modules/Orders/Data/0001_orders.sql", sql)));

    [Fact]
    public void A_key_with_its_tenant_is_fine() =>
        Assert.Empty(StrayKeys(new Source("src/Modules/Orders/Data/0001_orders.sql", """
            create table a (
                tenant_id integer not null, id uuid not null, b_id uuid not null, amount numeric check (amount > 0), -- unique
                primary key (tenant_id, id), unique (tenant_id, b_id),
                foreign key (tenant_id, b_id) references b (tenant_id, id)
            );
            create unique index a_open on a (tenant_id, b_id) where amount > 1;
            create index a_any on a (amount);
            """)));

    private static IEnumerable<string> Trespasses(Source source, Dictionary<string, string> owners) =>
        from text in source.IsSql ? [WithoutComments(source)] : source.Literals
        from use in TableUse().Matches(text)
        let table = use.Groups["table"].Value.ToLowerInvariant()
        let reads = use.Groups["reads"].Success && !use.Value.StartsWith("delete", StringComparison.OrdinalIgnoreCase)
        where owners.TryGetValue(table, out var owner) && owner != source.Project
        where !(reads && source.Project == "Reports")
        select $"{source.Path}: {use.Value}: the table belongs to {owners[table]}";

    private static IEnumerable<string> StrayKeys(Source source)
    {
        foreach (var (name, body) in Tables(source).Where(t => !Reference.Contains(t.Name)))
        {
            if (!PrimaryKey().IsMatch(body))
                yield return $"{source.Path}: {name}: primary key (tenant_id, …)";
            foreach (var fault in source.Faults(body, StrayKey(), $"a key of {name} without its tenant in front"))
                yield return fault;
        }
        foreach (var fault in source.Faults(WithoutComments(source), StrayUniqueIndex(), "a unique index without its tenant in front"))
            yield return fault;
    }

    private static IEnumerable<(string Name, string Body)> Tables(Source source) =>
        CreateTable().Matches(WithoutComments(source)).Select(m => (m.Groups[1].Value.ToLowerInvariant(), m.Groups[2].Value));

    private static bool IsOfPostgres(Source source) => source.IsSql && !source.Path.EndsWith(".sqlite.sql", StringComparison.Ordinal);

    private static string WithoutComments(Source source) => SqlComment().Replace(source.Text, "");

    [GeneratedRegex(@"\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?""?(\w+)""?\s*\(([^;]*)\)[^;)]*;", RegexOptions.IgnoreCase)]
    private static partial Regex CreateTable();

    [GeneratedRegex(@"\bcreate\s+table\b(?!\s+\w+\s+partition\s+of\b)", RegexOptions.IgnoreCase)]
    private static partial Regex CreateWord();

    [GeneratedRegex(@"\bcreate\s+table\s+(\w+)\s+partition\s+of\b", RegexOptions.IgnoreCase)]
    private static partial Regex PartitionTable();

    [GeneratedRegex(@"\b(?:insert\s+into|update|truncate|alter\s+table|drop\s+table|(?:delete\s+)?(?<reads>from|join))\s+""?(?<table>\w+)",
        RegexOptions.IgnoreCase)]
    private static partial Regex TableUse();

    [GeneratedRegex(@"^(?:update|insert\s+into|delete\s+from)\s", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex RowChange();

    [GeneratedRegex(@"\bprimary\s+key\s*\(\s*tenant_id\b", RegexOptions.IgnoreCase)]
    private static partial Regex PrimaryKey();

    // A key of several columns says which; one that hangs on a column has that column alone.
    [GeneratedRegex(@"\b(?:unique|primary\s+key|foreign\s+key)\b(?!\s*\(\s*tenant_id\b)|\breferences\s+(?!tenant\b)\w+\s*\(\s*(?!tenant_id\b)\w+",
        RegexOptions.IgnoreCase)]
    private static partial Regex StrayKey();

    [GeneratedRegex(@"\bcreate\s+unique\s+index\b[^(;]*\((?!\s*tenant_id\b)[^;]*", RegexOptions.IgnoreCase)]
    private static partial Regex StrayUniqueIndex();

    [GeneratedRegex("--[^\n]*")]
    private static partial Regex SqlComment();
}
