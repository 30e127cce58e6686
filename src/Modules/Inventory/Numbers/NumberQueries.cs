using System.Linq.Expressions;

namespace HaoSuan.Inventory;

/// <summary>How numbers of the pool are searched: see <see cref="DigitPattern"/>.</summary>
internal static class NumberQueries
{
    // The shares of patterns and of numbers without a 4 among all numbers, roughly.
    private const double OfOnePattern = 0.09;
    private const double OfNumbersWithout4 = 0.35;

    extension(IQueryable<NumberRow> numbers)
    {
        /// <summary>The numbers that are asked for, and whether they are few: found by their digits, not by trying one after another.</summary>
        public (IQueryable<NumberRow> Found, bool Few) Asked(NumberSearch search, RulesInForce rules)
        {
            if (search.Pattern is { } pattern) numbers = numbers.Where(n => n.Pattern == pattern);
            if (search.Without4) numbers = numbers.Where(n => !EF.Functions.Like(n.Number, "%4%"));
            if (search.Price is { } price) numbers = numbers.Where(IsOf(price, rules));
            var few = false;
            foreach (var digits in new[] { DigitPattern.AtTail(search.Ends), DigitPattern.Anywhere(search.Contains) }.OfType<DigitPattern>())
            {
                if (!digits.IsPossible || (search.Without4 && digits.Has('4'))) return (numbers.Where(_ => false), true);
                var like = digits.Like;
                numbers = numbers.Where(n => EF.Functions.Like(n.Number, like));
                if (few || digits.Narrow(search.Without4 ? OfNumbersWithout4 : 1, MostOf(search.Pattern)) is not { } windows) continue;
                (numbers, few) = (numbers.Where(IsIn(windows)), true);
            }
            return (numbers, few);
        }
    }

    // A pattern and digits may exclude each other: then all of that pattern are tried, and none is found.
    private static double MostOf(NumberPattern? pattern) => pattern is null or NumberPattern.Plain ? double.MaxValue : OfOnePattern * 1_000_000;

    private static Expression<Func<NumberRow, bool>> IsOf(NumberPrice price, RulesInForce rules)
    {
        var (from, to) = price switch
        {
            NumberPrice.None => (0L, 0L),
            NumberPrice.To100 => (1, 100_00),
            NumberPrice.To500 => (100_01, 500_00),
            NumberPrice.To1000 => (500_01, 1000_00),
            NumberPrice.Over1000 => (1000_01, long.MaxValue),
        };
        var patterns = rules.Within(new(from), new(to));
        return n => (n.Supplement >= from && n.Supplement <= to) || (n.Supplement == null && patterns.Contains(n.Pattern));
    }

    private static Expression<Func<NumberRow, bool>> IsIn(IReadOnlyList<FourDigits> windows)
    {
        var row = Expression.Parameter(typeof(NumberRow), "n");
        return Expression.Lambda<Func<NumberRow, bool>>(windows.Select(w => Holds(row, w)).Aggregate(Expression.OrElse), row);
    }

    private static Expression Holds(ParameterExpression row, FourDigits window)
    {
        var column = Expression.Property(row, $"From{window.Place}");
        // As a member of an object it becomes a parameter of the query, which is then compiled once.
        if (window.Values is [var value]) return Expression.Equal(column, Bound(value));
        return Expression.Call(Bound(window.Values.ToList()), nameof(List<>.Contains), null, column);
    }

    private static MemberExpression Bound<T>(T value) => Expression.Property(Expression.Constant(new Box<T>(value)), nameof(Box<>.Value));

    private sealed record Box<T>(T Value);
}
