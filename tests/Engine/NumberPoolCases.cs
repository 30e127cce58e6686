using HaoSuan.Inventory;

namespace HaoSuan.Tests.Engine;

public sealed class Number_pool_on_sqlite(SqliteDatabases engine) : NumberPoolCases(engine);

public sealed class Number_pool_on_postgres(PostgresDatabases engine) : NumberPoolCases(engine);

public abstract class NumberPoolCases(Databases engine) : EngineTest(engine)
{
    private static readonly ProductId Card = new(Guid.Parse("0198a000-0000-7000-8000-000000000011"));
    private static readonly ProductId Other = new(Guid.Parse("0198a000-0000-7000-8000-000000000012"));

    private Task<Result<Received>> Import(string text, ProductId? product = null) =>
        With<ImportNumbers, Result<Received>>(i => i.RunAsync(product ?? Card, text, Cancel));

    private Task<Result<Reservation>> Reserve(string number) =>
        With<Numbers, Result<Reservation>>(n => n.ReserveAsync(Card, number, "a", Cancel));

    private async Task<IReadOnlyList<string>> Search(NumberSearch search, int take = 10) =>
        [.. (await With<Numbers, IReadOnlyList<PoolNumber>>(n => n.SearchAsync(Card, search, 0, take, Cancel))).Select(n => n.Number).Order()];

    [Fact]
    public async Task Numbers_come_from_pasted_lines_and_faults_are_named_by_line()
    {
        Assert.Equal(new(3, 0), (await Import("号码,加价\r\n13800138000\r\n13912346688,50.00\n13912348888\t1000\n\n")).Value);
        Assert.Equal(new(1, 1), (await Import("13800138000\n13800138001")).Value);

        var faults = (await Import("13800138002\n1380013\n13800138003,abc\n13800138002")).Refusals;
        Assert.Equal(["inventory.line_no_number", "inventory.line_no_amount", "inventory.line_number_twice"], faults.Select(f => f.Code));
        Assert.Equal([2, 3, 4], faults.Select(f => (int)f.Arguments[0]));
        Assert.All(faults, f => Assert.Contains($"{f.Arguments[0]}", Services.GetRequiredService<Texts>().Of(f), StringComparison.Ordinal));
        Assert.DoesNotContain("13800138002", await Search(new()));
    }

    [Fact]
    public async Task Headings_tell_the_columns()
    {
        _ = (await Import("归属地,价格,手机号\n广州,80,13912340001\n深圳,,13912340002")).Value;

        Assert.Equal(["13912340001"], await Search(new(Price: NumberPrice.To100)));
        Assert.Equal(["13912340002"], await Search(new(Price: NumberPrice.None)));
    }

    [Fact]
    public async Task A_number_of_another_products_pool_is_refused_by_its_line_and_nothing_is_imported()
    {
        _ = (await Import("13912340002", Other)).Value;

        var refused = (await Import("13912340001\n13912340002")).Refusals;

        Assert.Equal(("inventory.line_number_of_another_product", 2), (Assert.Single(refused).Code, (int)refused[0].Arguments[0]));
        Assert.Empty(await Search(new()));
    }

    [Fact]
    public async Task Two_who_import_the_same_numbers_at_once_import_them_once()
    {
        var text = string.Join('\n', Enumerable.Range(0, 200).Select(i => $"1391234{i:0000}"));

        var both = await Task.WhenAll(Task.Run(() => Import(text), Cancel), Task.Run(() => Import(text), Cancel));

        Assert.Equal(200, both.Sum(r => r.Value.Added));
        Assert.Equal(200, both.Sum(r => r.Value.Known));
    }

    [Fact]
    public async Task Numbers_are_found_by_tail_digits_and_pattern()
    {
        await Import("13800138000\n13912346688\n13912348888\n13912345678\n13912346868");

        Assert.Equal(["13912348888"], await Search(new(Ends: "8888")));
        Assert.Equal(["13912346688", "13912348888"], await Search(new(Ends: "88")));
        Assert.Equal(["13912348888"], await Search(new(Ends: "139????8888")));
        Assert.Equal(["13912346868", "13912348888"], await Search(new(Ends: "8?8 ", Contains: "-")));
        Assert.Equal(["13912345678", "13912346688", "13912346868", "13912348888"], await Search(new(Contains: "1234")));
        Assert.Equal(["13800138000"], await Search(new(Without4: true)));
        Assert.Equal(["13912346688"], await Search(new(Pattern: NumberPattern.AABB)));
        Assert.Equal(["13912348888"], await Search(new(Pattern: NumberPattern.AAAA)));
        Assert.Empty(await Search(new(Ends: "8888", Pattern: NumberPattern.AABB)));
        Assert.Empty(await Search(new(Contains: "1234", Without4: true)));
        Assert.Empty(await Search(new(Ends: "888888888888")));
    }

    [Fact]
    public async Task The_office_pages_through_all_numbers_whoever_has_them()
    {
        await Import("13800138000\n13912348888\n13912346688\n13912345678");
        await Reserve("13912346688");

        var page = await With<Numbers, PooledNumbers>(n => n.ListAsync(Card, new(Ends: "88"), 2, 1, Cancel));
        Assert.Equal((2, 2, "13912348888"), (page.Page, page.Total, Assert.Single(page.Numbers).Number.Number));
        page = await With<Numbers, PooledNumbers>(n => n.ListAsync(Card, new(), 1, 3, Cancel));
        Assert.Equal(["13800138000", "13912345678", "13912346688"], page.Numbers.Select(n => n.Number.Number));
        Assert.Equal([null, null, Time.Now + Numbers.KeptFor], page.Numbers.Select(n => n.ReservedUntil));
        Assert.Equal(2, (await With<Numbers, PooledNumbers>(n => n.ListAsync(Card, new(), 99, 3, Cancel))).Page);
        Assert.Equal(1, (await With<Numbers, PooledNumbers>(n => n.ListAsync(Card, new(Ends: "00000"), 99, 3, Cancel))).Page);
    }

    [Fact]
    public async Task What_another_process_changes_is_seen_by_the_next_search()
    {
        await using var other = Compose(Database).BuildServiceProvider();
        await Import("13912340001\n13912340002");
        Assert.Equal(["13912340001", "13912340002"], await Search(new()));

        await InOther<ImportNumbers>(i => i.RunAsync(Card, "13912340003", Cancel));
        Assert.Equal(["13912340001", "13912340002", "13912340003"], await Search(new()));
        await InOther<Numbers>(n => n.ReserveAsync(Card, "13912340001", "b", Cancel));
        Assert.Equal(["13912340002", "13912340003"], await Search(new()));
        await InOther<Numbers>(n => n.ReserveAsync(Card, "13912340002", "b", Cancel));
        Assert.Equal(["13912340001", "13912340003"], await Search(new()));
        var order = NewId.Of<OrderId>(Time);
        await InOther<Numbers>(n => n.TakeAsync(Card, "13912340003", "c", order, Cancel));
        Assert.Equal(["13912340001"], await Search(new()));
        Time.Advance(TimeSpan.FromDays(3));
        Assert.Equal(["13912340001", "13912340002"], await Search(new()));
        await InOther<Numbers>(n => n.ReleaseAsync(order, Cancel));
        Assert.Equal(["13912340001", "13912340002", "13912340003"], await Search(new()));

        async Task InOther<TService>(Func<TService, Task> call) where TService : notnull
        {
            await using var scope = other.GetRequiredService<IServiceScopeFactory>().CreateScope(Tenant);
            await call(scope.ServiceProvider.GetRequiredService<TService>());
        }
    }

    [Fact]
    public async Task Numbers_that_are_gone_make_room_for_those_behind_them()
    {
        var numbers = Enumerable.Range(0, 200).Select(i => $"13912340{i:000}").ToList();
        _ = (await Import(string.Join('\n', numbers))).Value;
        Assert.Equal(10, (await Search(new())).Count);

        // All but three are taken behind the back of the process that has them in memory.
        await Tamper($"update pool_number set order_id = '{Guid.Empty}' where number not in ('{string.Join("','", numbers[^3..])}')");

        Assert.Equal(numbers[^3..], await Search(new()));
    }

    [Fact]
    public async Task A_pool_is_its_tenants()
    {
        await Import("13912340001");
        var other = await Services.GetRequiredService<Tenants>().AddAsync("other", "另一家", Cancel);
        Assert.Equal(["13912340001"], await Search(new()));

        Assert.Empty(await With<Numbers, IReadOnlyList<PoolNumber>>(n => n.SearchAsync(Card, new(), 0, 10, Cancel), other));
        _ = (await With<ImportNumbers, Result<Received>>(i => i.RunAsync(Card, "13912340001\n13912340002", Cancel), other)).Value;
        Assert.Equal(["13912340001"], await Search(new()));
        Assert.Equal(2, (await With<Numbers, IReadOnlyList<PoolNumber>>(n => n.SearchAsync(Card, new(), 0, 10, Cancel), other)).Count);
    }

    [Fact]
    public async Task Any_digits_find_what_looking_at_every_number_finds()
    {
        var numbers = Enumerable.Range(1, 2000).Select(i => $"1{3 + (i % 7)}{i * 7_368_787L % 999_999_937:000000000}").ToList();
        _ = (await Import(string.Join('\n', numbers))).Value;
        // Of some numbers a part, with some of its digits.
        var places = Enumerable.Range(1, 80).Select(i =>
            string.Concat(numbers[i * 13].Select((d, at) => ((i * 2_654_435 >> at) & 1) == 1 ? d : '?'))[(i % 7)..]);
        foreach (var asked in places)
        {
            Assert.Equal(Those(asked, atTail: true), await Search(new(Ends: asked), 2000));
            Assert.Equal(Those(asked, atTail: false), await Search(new(Contains: asked), 2000));
        }

        List<string> Those(string asked, bool atTail) => asked.All(c => c == '?')
            ? [.. numbers.Order()]
            : [.. numbers.Where(n => Enumerable.Range(0, 12 - asked.Length).Any(s =>
                (!atTail || s == 11 - asked.Length) && asked.Index().All(c => c.Item == '?' || n[s + c.Index] == c.Item))).Order()];
    }

    [Fact]
    public async Task Pages_of_a_search_show_every_number_once()
    {
        var numbers = Enumerable.Range(0, 50).Select(i => $"139123400{i:00}").ToList();
        _ = (await Import(string.Join('\n', numbers))).Value;

        List<string> shown = [];
        for (var skip = 0; skip < 50; skip += 20)
            shown.AddRange((await With<Numbers, IReadOnlyList<PoolNumber>>(n => n.SearchAsync(Card, new(), skip, 20, Cancel))).Select(n => n.Number));

        Assert.Equal(numbers, shown.Order());
        Assert.NotEqual(numbers, shown);
    }
}
