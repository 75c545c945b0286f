a = -[1 -2
3 4]';
b = a(a(:) > 1) .^ 2; c = ~b(end) | b(1:end) & 1 <= 2; d = max(a, 2); e = find(c); f = zeros(2)(1);
