mpc.bus = ((((((((((1))))))))));
mpc.gen = {'a', {1}};
%{
x
%}
 x = 'it''s'; y = "z"; [q, ~] = idx_gen; w = 1e999;
